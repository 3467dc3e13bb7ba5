import type { Server, Socket } from '@netstrata/net-compat/core';
import type { WorldHost } from '@netstrata/simulation';
import type { Judge } from './judge.js';

/** A server, and what must hold of it. */
export class ServerWatch {
  readonly name: string;
  readonly host: WorldHost;
  readonly server: Server;
  readonly judge: Judge;
  readonly #net: unknown;
  readonly #sockets = new Set<Socket>();
  listen: () => void = () => {};
  /** `close` was called, and 'close' has not come since. */
  closes = false;
  isClosed = false;
  #calls = 0;

  constructor(name: string, host: WorldHost, server: Server, judge: Judge) {
    this.name = name;
    this.host = host;
    this.server = server;
    this.judge = judge;
    this.#net = host.net;
    server.on('error', (error: Error & { code?: string; syscall?: string }) => {
      this.#heard(`error ${error.code}`);
      // It could not listen. What comes in and finds no file is closed, and it is told nothing.
      const hasNoFile = error.code === 'EMFILE' && error.syscall === 'listen' && judge.circumstances.hasSmallFiles;
      if (!hasNoFile) this.#fail('explained', `nothing explains ${error.code}: ${error.message}`);
    });
    server.on('listening', () => { this.#heard('listening'); });
    server.on('drop', () => { this.#heard('drop'); });
    server.on('close', () => {
      this.#heard('close');
      if (!this.closes) this.#fail('server', "'close' and nobody closed it");
      this.closes = false;
      this.isClosed = true;
      if (this.#living > 0) this.#fail('server', `'close' while ${this.#living} sockets live`);
    });
  }

  get isThere(): boolean { return this.host.isUp && this.host.net === this.#net; }
  get #living(): number { return [...this.#sockets].filter(({ destroyed }) => !destroyed).length; }

  accepted(socket: Socket): void {
    this.#heard('connection');
    this.#sockets.add(socket);
    const { maxConnections } = this.server;
    if (maxConnections !== undefined && this.#living > Math.max(maxConnections, this.#before)) this.#fail('server', `${this.#living} connections, and no more than ${maxConnections} are to be`);
    this.#before = 0;
  }

  /** How many there were when the limit was set. */
  #before = 0;

  perform(what: string, args: readonly unknown[]): void {
    if (!this.isThere) return;
    this.judge.log(`${this.name}.${what}(${args.join(', ')})`);
    const { server, judge } = this;
    switch (what) {
      case 'close':
        this.close();
        break;
      case 'listen':
        if (server.listening || this.closes) break;
        this.isClosed = false;
        this.listen();
        break;
      case 'maxConnections':
        judge.circumstances.hasServersThatClose = true;
        server.maxConnections = args[0] as number;
        this.#before = this.#living;
        break;
      case 'getConnections': {
        const expected = this.#living;
        const number = ++this.#calls;
        server.getConnections((error, count) => {
          judge.log(`${this.name} getConnections ${number}: ${count}`);
          if (error !== null || count !== expected) this.#fail('server', `getConnections says ${count}, and there are ${expected}`);
        });
        break;
      }
      default:
    }
  }

  close(): void {
    if (!this.server.listening || this.closes || this.isClosed) return;
    this.judge.circumstances.hasServersThatClose = true;
    this.closes = true;
    let count = 0;
    this.server.close(() => { if (++count > 1) this.#fail('callback', 'close called back twice'); });
  }

  over(): void {
    if (this.isThere && this.closes) this.#fail('server', "no 'close', and all its sockets are gone");
  }

  #heard(text: string): void {
    this.judge.log(`${this.name} '${text}'`);
    if (!this.isThere) this.#fail('crashed', `'${text}' after its host has crashed`);
  }

  #fail(rule: string, text: string): void {
    this.judge.fail(rule, `${this.name}: ${text}`);
  }
}
