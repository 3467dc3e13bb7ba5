import { simulate, type World } from '@netstrata/simulation';
import { Circumstances } from './explained.js';
import { Judge, type Violation } from './judge.js';
import type { Case } from './program.js';
import { probe } from './probe.js';
import { Scene } from './scene.js';
import { attend } from './uncaught.js';

export interface Ran {
  /** The first is the one with which the run failed. */
  readonly violations: readonly Violation[];
  readonly digest: string;
  readonly events: number;
  /** It was stopped: there were too many events. */
  readonly isCut: boolean;
  readonly timeline: string;
}

/** Until everything in flight has arrived. */
const SETTLES = 400_000;
/** Until even the kernels have forgotten everything: longer than Linux retransmits. */
const FORGETS = 2_000_000;
/** Lines of the timeline that a failure shows. */
const LINES = 150;
const MOST_EVENTS = 60_000;

/** Runs a program in its world. */
export async function run({ seed, program, faults }: Case, lines = LINES): Promise<Ran> {
  const { link, limits, lookupDelay } = program;
  const world = simulate({ seed, link, limits, lookupDelay, faults, most: { events: MOST_EVENTS, entries: 2000, time: 1e9 } });
  const judge = new Judge(world, new Circumstances({ seed, program, faults }));
  const leave = attend((error) => { judge.fail('uncaught', String(error instanceof Error ? error.stack : error)); });
  let isCut = false;
  try {
    await world.run(() => play(world, { seed, program, faults }, judge));
  } catch (error) {
    const { code, stack } = error as { code?: string; stack?: string };
    if (code === 'ERR_SIMULATION_LIMIT') isCut = true;
    else judge.fail('simulation', String(stack).split('\n').slice(0, 12).join('\n'));
  }
  world.close();
  leave();
  return { violations: isCut ? judge.violations.filter(({ rule }) => rule !== 'loop') : judge.violations, digest: world.timeline.digest, events: world.events, isCut, timeline: judge.violations.length === 0 && lines === LINES ? '' : world.timeline.toString(lines) };
}

async function play(world: World, { seed, program, faults }: Case, judge: Judge): Promise<void> {
  const scene = new Scene(world, program, judge);
  for (const step of program.steps) {
    const host = step.who.startsWith('s') ? program.servers[Number(step.who.slice(1))].host : program.clients[Number(step.who.slice(1))].host;
    // A paused program does nothing, and neither does one that is gone.
    world.time.after(step.at, () => { scene.hosts[host].host.later(0, () => { scene.perform(step); }); }, undefined);
  }
  const last = Math.max(0, ...program.steps.map(({ at }) => at), ...faults.map((fault) => fault.at + ('for' in fault ? fault.for : 0)));
  await world.sleep(last + 10);
  for (let before = -1; before !== judge.moved;) {
    before = judge.moved;
    await world.sleep(SETTLES);
  }
  for (const player of scene.players) player.life.isDead ||= !player.isThere;
  judge.settled();
  for (const { life, stream, isThere } of scene.players) {
    if (!isThere) continue;
    life.gone ??= 'destroy';
    stream.destroy();
  }
  for (const server of scene.servers.values()) if (server.isThere) server.close();
  await world.sleep(1000);
  judge.over();
  for (const server of scene.servers.values()) server.over();
  checkFiles(scene, judge);
  await world.sleep(FORGETS);
  checkNothingIsLeft(scene, judge);
  if (seed % 3 === 0) await probe(scene, judge);
}

/** Only bare listeners are still open: nobody has closed them. */
function checkFiles({ hosts, program }: Scene, judge: Judge): void {
  hosts.forEach(({ host, name }, i) => {
    const bare = program.servers.filter((server) => server.host === i && server.layer === 'duplex').length;
    const { listeners } = host.open;
    if (host.openFiles > bare) judge.fail('left', `${name} has ${host.openFiles} files open, and ${bare} bare listeners`);
    if (host.openFiles < 0 || listeners.length > bare) judge.fail('left', `${name} has ${listeners.length} listeners and ${host.openFiles} files open`);
  });
}

function checkNothingIsLeft({ world, hosts }: Scene, judge: Judge): void {
  for (const { host, name } of hosts) {
    const { connections } = host.open;
    if (connections.length > 0) judge.fail('left', `${name} still has connections: ${world.explain()}`);
  }
  if (world.time.next !== null) judge.fail('left', `something is due in ${world.time.next - world.now} ms`);
}
