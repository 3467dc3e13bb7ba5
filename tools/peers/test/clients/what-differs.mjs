/**
 * Steps that tell what a proxy cannot hide, and why.
 * @type {{ client: string, kind?: string, step: string, why: string }[]}
 */
const DIFFERENCES = [
  { client: 'ioredis', kind: 'http', step: 'commands over TCP', why: 'CONNECT does not tell the near end of the connection' },
  ...['pg', 'mysql2', 'ioredis', 'mqtt', 'undici'].map((client) => ({ client, kind: 'http', step: 'what is refused', why: 'proxy-chain ends the connection without an answer' })),
  { client: 'nodemailer', kind: 'http', step: 'a server that is not there, says nothing, or hangs up', why: 'proxy-chain ends the connection without an answer' },
];

/** The steps that differ for a client through a kind of proxy. */
export const differences = (client, kind) => DIFFERENCES.filter((one) => one.client === client && (one.kind ?? kind) === kind).map(({ step }) => step);
