import { drawLink, Random, type Fault, type LinkConditions, type Limits } from '@netstrata/simulation';
import { drawFaults } from './draw-faults.js';
import { drawSteps } from './draw-steps.js';
import type { Case, ClientPlan, Reads, ServerPlan, StreamOptions } from './program.js';

/** About as many events as one stream may cost. */
const EVENTS = 1500;
/** No more bytes in one world. */
const MOST_BYTES = 500_000;

const READS: readonly Reads[] = ['data', 'data', 'data', 'readable', 'exactly', 'loop', 'idle'];

/** The world and the program of a seed. */
export function drawCase(seed: number): Case {
  const random = new Random(seed).fork('program');
  const hosts = Array.from({ length: random.integer(2, 4) }, (_, i) => drawAddresses(random, i));
  const link = drawConditions(random);
  const links = random.chance(0.2) ? [{ between: [0, 1] as const, link: drawConditions(random) }] : [];
  const limits = drawLimits(random);
  const servers = Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, i): ServerPlan => drawServer(random, hosts.length, i));
  const clients = Array.from({ length: random.pick([1, 1, 2, 3]) }, (): ClientPlan => drawClient(random, hosts.length, servers));
  const grain = Math.min(grainOf(link), ...links.map((one) => grainOf(one.link)), limits.receiveBuffer ?? MOST_BYTES, limits.sendBuffer ?? MOST_BYTES);
  const steps = drawSteps(random, servers, clients, Math.min(MOST_BYTES, grain * EVENTS));
  const faults: readonly Fault[] = random.chance(0.35) ? [] : drawFaults(random);
  return { seed, program: { hosts, link, links, limits, lookupDelay: random.pick([0, 0, 1, 30]), servers, clients, steps }, faults };
}

function drawAddresses(random: Random, i: number): readonly string[] {
  const v4 = `10.0.0.${i + 1}`;
  const v6 = `fd00::${i + 1}`;
  return random.pick([[v4], [v4], [v4, v6], [v6, v4], [v6], [v4, `10.0.1.${i + 1}`]]);
}

function drawConditions(random: Random): LinkConditions {
  const kind = random.fraction();
  if (kind < 0.2) return {};
  if (kind < 0.5) return { latency: random.pick([0.1, 1, 20]) };
  return drawLink(random);
}

/** How many bytes travel together, at least on average. */
function grainOf({ segment }: LinkConditions): number {
  if (segment === undefined) return MOST_BYTES;
  return typeof segment === 'number' ? segment : Math.max(1, Math.floor((segment[0] + segment[1]) / 2));
}

function drawLimits(random: Random): Partial<Limits> {
  return {
    ...(random.chance(0.3) && { sendBuffer: random.pick([100, 1000, 4096, 20_000, 200_000]) }),
    ...(random.chance(0.3) && { receiveBuffer: random.pick([100, 1000, 4096, 20_000, 200_000]) }),
    ...(random.chance(0.1) && { openFiles: random.integer(1, 8) }),
    ...(random.chance(0.1) && { ephemeralPorts: [40_000, 40_000 + random.integer(0, 3)] as const }),
    ...(random.chance(0.1) && { backlog: random.pick([0, 1, 2]) }),
    ...(random.chance(0.1) && { retransmissionTimeout: random.pick([500, 3000, 20_000]) }),
    ...(random.chance(0.1) && { connectRetries: random.integer(0, 2) }),
    ...(random.chance(0.1) && { timeWait: random.pick([0, 1000]) }),
  };
}

function drawOptions(random: Random, isServer: boolean): StreamOptions {
  return {
    ...(random.chance(0.5) && { allowHalfOpen: true }),
    ...(random.chance(0.3) && { highWaterMark: random.pick([0, 1, 10, 1000, 16_384, 200_000]) }),
    ...(random.chance(0.1) && { noDelay: true }),
    ...(random.chance(0.1) && { keepAlive: true }),
    ...(isServer && random.chance(0.15) && { pauseOnConnect: true }),
  };
}

function drawServer(random: Random, hosts: number, number: number): ServerPlan {
  const does = random.pick(['talk', 'talk', 'talk', 'echo', 'proxy'] as const);
  const isProxy = does === 'proxy' && number > 0;
  return {
    host: random.integer(0, hosts - 1),
    layer: !isProxy && random.chance(0.15) ? 'duplex' : 'net',
    on: random.pick(['::', '::', '::', '0.0.0.0', 'path']),
    does: does === 'proxy' && !isProxy ? 'talk' : does,
    onTo: isProxy ? random.integer(0, number - 1) : 0,
    reads: random.pick(READS),
    options: drawOptions(random, true),
    backlog: random.chance(0.1) ? random.integer(0, 2) : 511,
  };
}

function drawClient(random: Random, hosts: number, servers: readonly ServerPlan[]): ClientPlan {
  const server = random.integer(0, servers.length - 1);
  const { on, host } = servers[server];
  const layer = random.chance(0.15) ? 'duplex' : 'net';
  return {
    host: on === 'path' ? host : random.integer(0, hosts - 1),
    layer,
    server,
    by: random.chance(0.03) ? 'nobody' : random.pick(['name', 'name', 'address', 'several']),
    reads: layer === 'net' && random.chance(0.12) ? 'onread' : random.pick(READS),
    options: drawOptions(random, false),
    hasSignal: layer === 'net' && random.chance(0.1),
    localPort: random.chance(0.06) ? random.pick([5000, 5001, 40_000]) : 0,
  };
}
