import fc from 'fast-check';
import { between, chance, given, list, rarely } from './arbitraries.js';
import { faults } from './draw-faults.js';
import { link, type Link } from './draw-link.js';
import { clientSteps, serverSteps, stepsOf } from './draw-steps.js';
import type { Case, ClientPlan, Reads, ServerPlan } from './program.js';

/** About the number of events that one stream may cost. */
const EVENTS = 1500;
/** The most bytes in one world. */
const MOST_BYTES = 500_000;

/** A choice from a list whose length is not known yet: below a multiple of two, three and four. */
const which = between(0, 11);
const reads = fc.constantFrom<Reads[]>('data', 'data', 'data', 'readable', 'exactly', 'loop', 'idle');
const layer = chance(15).map((isBare) => (isBare ? 'duplex' : 'net'));
const addresses = fc.constantFrom(['10.0.0.#'], ['10.0.0.#'], ['10.0.0.#', 'fd00::#'], ['fd00::#', '10.0.0.#'], ['fd00::#'], ['10.0.0.#', '10.0.1.#']);
const buffer = rarely(30, fc.constantFrom(200_000, 20_000, 4096, 1000, 100));

const limits = given({
  sendBuffer: buffer,
  receiveBuffer: buffer,
  openFiles: rarely(10, between(1, 8)),
  ephemeralPorts: rarely(10, between(40_000, 40_003).map((last) => [40_000, last] as const)),
  backlog: rarely(10, between(0, 2)),
  retransmissionTimeout: rarely(10, fc.constantFrom(500, 3000, 20_000)),
  connectRetries: rarely(10, between(0, 2)),
  timeWait: rarely(10, fc.constantFrom(0, 1000)),
});

const options = {
  allowHalfOpen: rarely(50, fc.constant(true)),
  highWaterMark: rarely(30, fc.constantFrom(200_000, 16_384, 1000, 10, 1, 0)),
  noDelay: rarely(10, fc.constant(true)),
  keepAlive: rarely(10, fc.constant(true)),
};

const server = fc.record({
  host: which,
  layer,
  on: fc.constantFrom<ServerPlan['on'][]>('::', '::', '::', '0.0.0.0', 'path'),
  does: fc.constantFrom<ServerPlan['does'][]>('talk', 'talk', 'talk', 'echo', 'proxy'),
  onTo: which,
  reads,
  options: given({ ...options, pauseOnConnect: rarely(15, fc.constant(true)) }),
  backlog: rarely(10, between(0, 2)).map((few) => few ?? 511),
  steps: serverSteps,
});

const client = fc.record({
  host: which,
  layer,
  server: which,
  by: fc.oneof({ withCrossShrink: true }, { weight: 97, arbitrary: fc.constantFrom<ClientPlan['by'][]>('address', 'name', 'name', 'several') }, { weight: 3, arbitrary: fc.constant('nobody' as const) }),
  reads: fc.oneof({ withCrossShrink: true }, { weight: 88, arbitrary: reads }, { weight: 12, arbitrary: fc.constant('onread' as const) }),
  options: given(options),
  hasSignal: chance(10),
  localPort: rarely(6, fc.constantFrom(5000, 5001, 40_000)).map((port) => port ?? 0),
  steps: clientSteps,
});

/** One of them as often as two or three. */
function some<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.oneof({ weight: 1, arbitrary: list(one, 1, 1) }, { weight: 3, arbitrary: list(one, 1, 3) });
}

/** Worlds and programs, without the seed. What depends on other parts comes last, so that the case stays valid whatever becomes smaller. */
export const cases: fc.Arbitrary<Omit<Case, 'seed'>> = fc.record({
  faults,
  clients: some(client),
  servers: some(server),
  hosts: list(addresses, 2, 4),
  link,
  other: rarely(20, link),
  limits,
  lookupDelay: fc.constantFrom(0, 0, 1, 30),
}).map(({ faults: wrong, clients, servers, hosts, other, ...world }) => {
  const listening = servers.map(({ steps: _, ...plan }, i): ServerPlan => {
    const isProxy = plan.does === 'proxy' && i > 0;
    return { ...plan, host: plan.host % hosts.length, ...(isProxy ? { layer: 'net', onTo: plan.onTo % i } : { does: plan.does === 'proxy' ? 'talk' : plan.does, onTo: 0 }) };
  });
  const dialling = clients.map(({ steps: _, ...plan }): ClientPlan => {
    const to = plan.server % servers.length;
    const { on, host } = listening[to];
    const isNet = plan.layer === 'net';
    return { ...plan, server: to, host: on === 'path' ? host : plan.host % hosts.length, reads: plan.reads === 'onread' && !isNet ? 'data' : plan.reads, hasSignal: plan.hasSignal && isNet };
  });
  const links = other === undefined ? [] : [{ between: [0, 1] as const, link: other }];
  const grain = Math.min(grainOf(world.link), ...links.map((one) => grainOf(one.link)), world.limits.receiveBuffer ?? MOST_BYTES, world.limits.sendBuffer ?? MOST_BYTES);
  const steps = stepsOf(clients.map((one) => one.steps), servers.map((one) => one.steps), Math.min(MOST_BYTES, grain * EVENTS));
  return {
    program: { ...world, hosts: hosts.map((forms, i) => forms.map((form) => form.replace('#', String(i + 1)))), links, servers: listening, clients: dialling, steps },
    faults: wrong,
  };
});

/** How many bytes travel together, at least on average. */
function grainOf({ segment: [least, most] = [MOST_BYTES, MOST_BYTES] }: Link): number {
  return Math.max(1, Math.floor((least + most) / 2));
}
