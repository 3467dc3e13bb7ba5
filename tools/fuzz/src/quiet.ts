import type { World } from './world.js';

/** After this many turns without anything new, everything in flight has arrived. */
const CALM_TURNS = 5;
/** The most turns to wait for what is in flight, whether or not it ever arrives. */
const PATIENT_TURNS = 60;
const LONGEST = 2000;

export function tick(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Resolves when nothing happens any more. False if that never comes. */
export async function quiet(world: World): Promise<boolean> {
  let calm = 0;
  let last = '';
  for (let turns = 0; turns < LONGEST; turns++) {
    await turn();
    const now = progress(world);
    calm = now === last && (turns > PATIENT_TURNS || !isBusy(world)) ? calm + 1 : 0;
    if (calm === CALM_TURNS) return true;
    last = now;
  }
  return false;
}

function progress(world: World): string {
  let text = String(world.records);
  for (const { socket } of world.players) text += ` ${socket.bytesRead} ${socket.bytesWritten} ${socket.writableLength} ${socket.readableLength}`;
  return text;
}

/** Something is still to come: a connection, a 'close', bytes for a reader. */
function isBusy(world: World): boolean {
  const { client, peer } = world;
  for (const { socket, closes } of world.players) {
    if (socket.connecting || (socket.destroyed && closes === 0)) return true;
  }
  if (peer === undefined) return !client.socket.pending && !client.socket.destroyed;
  return onTheWay(client.socket, peer.socket) || onTheWay(peer.socket, client.socket);
}

interface Counting {
  readonly bytesWritten: number;
  readonly bytesRead: number;
  readonly destroyed: boolean;
  readonly writableLength: number;
  readonly readableFlowing: boolean | null;
}

function onTheWay(from: Counting, to: Counting): boolean {
  return !to.destroyed && to.readableFlowing === true && from.bytesWritten - from.writableLength > to.bytesRead;
}
