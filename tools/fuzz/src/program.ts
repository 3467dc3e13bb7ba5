import type { Medium } from '../../../packages/net-compat/scenarios/support/medium.js';

/** The actor: the socket that connects, the one that was accepted last, the server. `all` is for waits. */
export type Actor = 'client' | 'peer' | 'server' | 'all';

/** One line of a program. operations.ts implements it, by name. */
export interface Step {
  readonly who: Actor;
  readonly what: string;
  readonly with?: readonly unknown[];
  /** Not now, but inside the next such event of the actor. */
  readonly inside?: string;
}

/** The operations on a net: plain data, so that it can be shrunk, shown and kept. */
export interface Program {
  readonly medium: Medium;
  readonly server: Readonly<Record<string, unknown>>;
  readonly client: Readonly<Record<string, unknown>>;
  readonly steps: readonly Step[];
}

export function showProgram({ medium, server, client, steps }: Program): string {
  const lines = steps.map(({ who, what, with: args = [], inside }) => {
    if (who === 'all') return `-- ${what}`;
    const call = `${who}.${what}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
    return inside === undefined ? call : `inside the next '${inside}': ${call}`;
  });
  return [`${medium}, server ${JSON.stringify(server)}, client ${JSON.stringify(client)}`, ...lines].join('\n');
}
