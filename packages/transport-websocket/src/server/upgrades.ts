import { pathOf } from './request.js';
import { refuse } from './refuse.js';
import { timersOf } from '@netstrata/transport/layers';
import type { UpgradeRequest, UpgradeServer, UpgradeSocket } from './http.js';

/** Who takes the requests to one path. */
export interface Taker {
  readonly path: string;
  take(request: UpgradeRequest, socket: UpgradeSocket, head: Uint8Array): void;
}

/** All of one server, by their paths. One listener asks them all: none of them knows whether another one answers. */
class Upgrades {
  readonly takers = new Map<string, Taker>();
  readonly #server: UpgradeServer;

  constructor(server: UpgradeServer) {
    this.#server = server;
  }

  readonly upgrade = (request: UpgradeRequest, socket: UpgradeSocket, head: Uint8Array): void => {
    const taker = this.takers.get(pathOf(request));
    if (taker !== undefined) {
      taker.take(request, socket, head);
      return;
    }
    // It may be another's, if there is another one.
    if (this.#server.listenerCount('upgrade') > 1) return;
    socket.on('error', () => { socket.destroy(); });
    refuse(socket, 404, 'Nothing is here', timersOf(undefined));
  };
}

const known = new WeakMap<UpgradeServer, Upgrades>();

/** False where the path is taken. */
export function add(server: UpgradeServer, taker: Taker): boolean {
  let upgrades = known.get(server);
  if (upgrades === undefined) known.set(server, upgrades = new Upgrades(server));
  const { takers } = upgrades;
  if (takers.has(taker.path)) return false;
  if (takers.size === 0) server.on('upgrade', upgrades.upgrade);
  takers.set(taker.path, taker);
  return true;
}

export function remove(server: UpgradeServer, taker: Taker): void {
  const upgrades = known.get(server);
  if (upgrades?.takers.get(taker.path) !== taker) return;
  upgrades.takers.delete(taker.path);
  if (upgrades.takers.size === 0) server.removeListener('upgrade', upgrades.upgrade);
}
