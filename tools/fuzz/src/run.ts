import { SOCKET_OPERATIONS, THROWING } from './operations.js';
import type { Program, Step } from './program.js';
import { isNewer } from './newer.js';
import { quiet, tick } from './quiet.js';
import { serverAct } from './server-operations.js';
import { serverState } from './snapshot.js';
import { attend } from './uncaught.js';
import { World, type Net, type Player } from './world.js';

/** Runs a program on a net, and returns the observations. */
export async function run(net: Net, program: Program): Promise<string> {
  const world = new World(net, program);
  const leave = attend((error) => world.add('uncaught', 'an error of nobody', [error]));
  try {
    await world.listen(program);
    await play(world, program.steps);
  } finally {
    leave();
    world.clear();
  }
  return world.lanes.report();
}

async function play(world: World, steps: readonly Step[]): Promise<void> {
  let last = '';
  for (const step of steps) {
    const { thrown } = world;
    if (step.who === 'all') await wait(world, step.what);
    // What one end writes in a tick leaves at its end: only then may the other act.
    else if (last !== '' && last !== step.who) await wait(world, 'tick');
    // After an uncaught error the remaining ticks run late.
    if (thrown !== world.thrown) await quiet(world);
    last = step.who;
    perform(world, step);
  }
  await wait(world, 'quiet');
  for (const { socket } of world.players) socket.destroy();
  await wait(world, 'quiet');
}

function perform(world: World, step: Step): void {
  if (step.who === 'all') return;
  if (step.who === 'server') {
    serverAct(world, step);
    return;
  }
  const player = step.who === 'client' ? world.client : world.peer;
  if (player === undefined) return;
  if (step.inside === undefined) act(player, step, '');
  // A listener of 'data' makes a socket flow.
  else if (isNewer(`on ${step.inside}`, player)) return;
  else player.socket.once(step.inside, () => act(player, step, `inside ${step.inside}: `));
}

function act(player: Player, { what, with: args = [] }: Step, where: string): void {
  if (player.world.over || isNewer(what, player)) return;
  // A loop that reads receives the error itself; and after an uncaught error the remaining ticks run late.
  if (what === 'throw' && (player.loops > 0 || player.socket.destroyed || player.socket.bytesRead === 0)) return;
  if (what === 'throw') {
    player.note(`${where}throws`);
    player.world.thrown++;
    THROWING.act(player);
    return;
  }
  try {
    const result = SOCKET_OPERATIONS[what].act(player, ...args);
    player.note(where + what, result === undefined ? [] : [result]);
  } catch (error) {
    player.note(`${where}${what} throws`, [error]);
  }
}

async function wait(world: World, what: string): Promise<void> {
  // The number of promises that loops take depends on the Node.
  const short = !world.players.some(({ looped }) => looped);
  if (what === 'tick' && short) await tick();
  else if (what === 'promise' && short) await Promise.resolve();
  else {
    const still = !(await quiet(world));
    if (still) world.add('server', 'never becomes quiet');
    for (const player of world.players) player.note('-- quiet');
    world.add('server', '-- quiet', [], ` | ${serverState(world.server)}`);
  }
}
