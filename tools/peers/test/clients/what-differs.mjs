/**
 * Steps that tell what a proxy cannot hide, and why.
 * @type {{ client: string, kind?: string, step: RegExp, why: string }[]}
 */
const DIFFERENCES = [];

/** Whether a step may differ through a kind of proxy. */
export const differs = (client, kind, step) => DIFFERENCES.some((one) => one.client === client && (one.kind ?? kind) === kind && one.step.test(step));
