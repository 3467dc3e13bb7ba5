import type { EventEmitter } from 'node:events';
import type * as NodeNet from 'node:net';
import type { Server, Socket } from 'node:net';
import { Lanes } from '../../../packages/net-compat/scenarios/support/lanes.js';
import { freshEndpoint, targetOf, type Target } from '../../../packages/net-compat/scenarios/support/medium.js';
import type { Program } from './program.js';
import { serverState, Snapshots } from './snapshot.js';
import { uncaughtGoesTo } from './uncaught.js';

export type Net = typeof NodeNet;

const SOCKET_EVENTS = [
  'connectionAttempt', 'connectionAttemptFailed', 'connect', 'ready', 'timeout', 'drain', 'prefinish', 'finish', 'end', 'pipe', 'unpipe',
  'pause', 'resume', 'error', 'close',
];
const SERVER_EVENTS = ['listening', 'drop', 'error', 'close'];

/** A socket of a program, and the lane that it is recorded in. */
export class Player {
  readonly socket: Socket;
  readonly lane: string;
  readonly world: World;
  readonly #snapshots: Snapshots;
  /** Listeners that the program has added, by event, for it to remove. */
  readonly listeners = new Map<string, ((...args: unknown[]) => void)[]>();
  readonly sinks: NodeJS.WritableStream[] = [];
  /** How often 'close' came since the last `connect`. */
  closes = 0;
  /** `connect` was called. */
  connected = false;
  /** It has connected. */
  wasUp = false;
  /** Loops over it that have not ended. */
  loops = 0;
  looped = false;

  constructor(socket: Socket, lane: string, world: World) {
    this.socket = socket;
    this.lane = lane;
    this.world = world;
    this.#snapshots = new Snapshots(socket);
    for (const event of SOCKET_EVENTS) {
      socket.on(event, (...args: unknown[]) => {
        if (event === 'close') this.closes++;
        else if (event === 'connect') this.wasUp = true;
        // Streams are distinguished by their letters.
        this.note(event, event === 'pipe' || event === 'unpipe' ? [] : args);
      });
    }
  }

  note(text: string, values: readonly unknown[] = []): void {
    this.world.add(this.lane, text, values, this.#snapshots.changes());
  }

  data(chunk: string | Uint8Array, lane = this.lane): void {
    this.world.records++;
    this.world.lanes.addData(lane, chunk);
  }

  callback(label: string): (...args: unknown[]) => void {
    return (...args) => {
      this.note(`callback ${label}`, args);
    };
  }
}

/** One run of a program: a server, a client, the sockets that were accepted, and the observations. */
export class World {
  readonly net: Net;
  readonly lanes = new Lanes();
  readonly server: Server;
  readonly client: Player;
  readonly peers: Player[] = [];
  target: Target | null = null;
  /** The number of observations so far. */
  records = 0;
  over = false;
  /** How often a listener has thrown. */
  thrown = 0;
  #letters = 0;

  constructor(net: Net, program: Program) {
    this.net = net;
    this.server = net.createServer(program.server as NodeNet.ServerOpts);
    for (const event of SERVER_EVENTS) {
      this.server.on(event, (...args: unknown[]) => {
        this.add('server', event, event === 'drop' ? [] : args, ` | ${serverState(this.server)}`);
      });
    }
    this.server.on('connection', (socket) => {
      const lane = `peer ${this.peers.length + 1}`;
      const player = new Player(socket, lane, this);
      this.peers.push(player);
      player.note('accepted');
      this.add('server', 'connection', [], ` | ${serverState(this.server)}`);
    });
    this.client = new Player(new net.Socket(program.client), 'client', this);
  }

  get peer(): Player | undefined {
    return this.peers.at(-1);
  }

  get players(): Player[] {
    return [this.client, ...this.peers];
  }

  async listen(program: Program): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(freshEndpoint(program.medium), resolve));
    this.target = targetOf(this.server);
    if ('path' in this.target) this.lanes.names.hide(this.target.path, 'path');
    else this.lanes.names.hide(this.target.port, 'port');
  }

  add(lane: string, text: string, values: readonly unknown[] = [], more = ''): void {
    if (this.over) return;
    this.records++;
    this.lanes.add(lane, text + more, values);
  }

  /** Letters that continue from one call to the next: lost, doubled or reordered bytes are visible. */
  letters(length: number): string {
    let text = '';
    while (text.length < length) text += String.fromCharCode(97 + (this.#letters++ % 26));
    return text;
  }

  /** An error to throw: whoever throws it, it is attributed to this world. */
  error(message: string): Error {
    const error = new Error(message);
    uncaughtGoesTo(error, (thrown) => {
      this.add('uncaught', 'uncaught', [thrown]);
    });
    return error;
  }

  clear(): void {
    this.over = true;
    for (const { socket } of this.players) {
      (socket as EventEmitter).on('error', () => {});
      socket.destroy();
    }
    // Without waiting for it: a connection that was lost on the way would block it for ever.
    if (this.server.listening) this.server.close();
  }
}
