import type { Fault, LinkConditions, Limits } from '@netstrata/simulation';

/** How a socket is read. `idle`: not at all, until a step does. */
export type Reads = 'data' | 'readable' | 'exactly' | 'loop' | 'onread' | 'idle';
type Layer = 'net' | 'duplex';

export interface StreamOptions {
  readonly allowHalfOpen?: boolean;
  readonly highWaterMark?: number;
  readonly noDelay?: boolean;
  readonly keepAlive?: boolean;
  readonly pauseOnConnect?: boolean;
}

export interface ServerPlan {
  readonly host: number;
  readonly layer: Layer;
  /** An address to listen on, or a path. */
  readonly on: '::' | '0.0.0.0' | 'path';
  /** What a server does with a connection: follow the steps; echo; forward to another server. */
  readonly does: 'talk' | 'echo' | 'proxy';
  /** The server that a proxy forwards to. */
  readonly onTo: number;
  readonly reads: Reads;
  readonly options: StreamOptions;
  readonly backlog: number;
}

export interface ClientPlan {
  readonly host: number;
  readonly layer: Layer;
  readonly server: number;
  /** How it finds the server. `several`: a name with many addresses, of which few answer. */
  readonly by: 'name' | 'address' | 'several' | 'nobody';
  readonly reads: Reads;
  readonly options: StreamOptions;
  readonly hasSignal: boolean;
  /** The local port; 0 for any. */
  readonly localPort: number;
}

/** Something that a program does. */
export interface Step {
  /** Milliseconds. */
  readonly at: number;
  /** `c0` is the first client, `p0` the socket that was accepted for it, `s0` the first server. */
  readonly who: string;
  readonly what: string;
  readonly with: readonly (number | string | boolean)[];
  /** Not now, but in the next such event of the socket or server that acts. */
  readonly inside?: string;
}

/** A world and the steps in it: plain data, so that it can be shrunk, shown and kept. */
export interface Program {
  readonly hosts: readonly (readonly string[])[];
  readonly link: LinkConditions;
  readonly links: readonly { readonly between: readonly [number, number]; readonly link: LinkConditions }[];
  readonly limits: Partial<Limits>;
  readonly lookupDelay: number;
  readonly servers: readonly ServerPlan[];
  readonly clients: readonly ClientPlan[];
  readonly steps: readonly Step[];
}

/** The input of a run, which determines everything. */
export interface Case {
  readonly seed: number;
  readonly program: Program;
  readonly faults: readonly Fault[];
}

function showStep({ at, who, what, with: args, inside }: Step): string {
  const call = `${who}.${what}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
  return `${String(at).padStart(6)} ms  ${inside === undefined ? call : `inside the next '${inside}': ${call}`}`;
}

/** The path is fast-check's, from the case of a seed to this one. */
export function showCase({ seed, program, faults }: Case, path = ''): string {
  const { hosts, servers, clients, steps, link, links, limits, lookupDelay } = program;
  return [
    `seed ${seed}${path === '' ? '' : `, path ${path}`}`,
    ...hosts.map((addresses, i) => `host h${i}: ${addresses.join(' ')}`),
    `link ${JSON.stringify(link)}${links.length === 0 ? '' : `, but ${JSON.stringify(links)}`}; limits ${JSON.stringify(limits)}; lookups take ${lookupDelay} ms`,
    ...servers.map((server, i) => `server s${i}: ${JSON.stringify(server)}`),
    ...clients.map((client, i) => `client c${i}: ${JSON.stringify(client)}`),
    ...steps.map(showStep),
    ...faults.map((fault) => `fault: ${JSON.stringify(fault)}`),
  ].join('\n');
}
