import type { Fault } from '@netstrata/simulation';
import echo from '../examples/programs/echo.ts?raw';
import links from '../examples/programs/links.ts?raw';
import policy from '../examples/programs/policy.ts?raw';
import promises from '../examples/programs/promises.ts?raw';
import fortyLines from '../examples/transports/forty-lines.ts?raw';
import layer from '../examples/transports/layer.ts?raw';
import bank from '../examples/worlds/bank.ts?raw';
import first from '../examples/worlds/first.ts?raw';
import reconnect from '../examples/worlds/reconnect.ts?raw';
import replicas from '../examples/worlds/replicas.ts?raw';
import type { WorldOptions } from './protocol.js';

export type Kind = 'program' | 'world' | 'addresses' | 'compliance';

export interface Example {
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  readonly code: string;
  /** What the world is like, until the reader changes it. */
  readonly world: WorldOptions;
}

export const KINDS: readonly { readonly kind: Kind; readonly title: string; readonly about: string }[] = [
  { kind: 'world', title: 'A simulated world', about: 'Hosts, links and virtual time. The same seed gives the same run. Click into the diagram to crash a host or to cut a link.' },
  { kind: 'program', title: 'Servers and clients', about: 'Programs for node:net, over a network in the memory of this page.' },
  { kind: 'compliance', title: 'Test a transport', about: 'The rules of the contract, as tests of the transport in the editor.' },
  { kind: 'addresses', title: 'IP addresses', about: 'ip-utils at a prompt: parse, classify, calculate with networks, judge by a policy.' },
];

/** What most links are like here: slow enough to be seen. */
const LINK = { latency: 20, jitter: 0, loss: 0 };

const make = (kind: Kind, id: string, title: string, code: string, faults: readonly Fault[] = [], link = LINK): Example => ({ kind, id, title, code, world: { seed: 1, link, faults } });

export const EXAMPLES: readonly Example[] = [
  make('world', 'first', 'Two hosts and a link', first),
  make('world', 'reconnect', 'A server that crashes', reconnect, [{ kind: 'crash', at: 450, for: 250, host: 'server' }]),
  make('world', 'bank', 'Paid once? Explore 100 seeds', bank, [], { latency: 20, jitter: 15, loss: 0 }),
  make('world', 'replicas', 'Two replicas and a partition', replicas, [{ kind: 'partition', at: 0, for: 300, from: 'app', to: 'west' }], { latency: 20, jitter: 5, loss: 0 }),
  make('program', 'echo', 'An echo, as for Node', echo),
  make('program', 'links', 'Three hosts and their links', links),
  make('program', 'promises', 'Promises, lines, a graceful end', promises),
  make('program', 'policy', 'A policy that denies', policy),
  make('compliance', 'forty-lines', 'A transport in forty lines', fortyLines),
  make('compliance', 'layer', 'A layer over another transport', layer),
  make('addresses', 'prompt', 'The prompt', ''),
];

export const exampleOf = (id: string): Example | undefined => EXAMPLES.find((example) => example.id === id);
