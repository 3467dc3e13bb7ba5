import type { Socket } from '@netstrata/net-compat/core';
import type { WorldHost } from '@netstrata/simulation';
import type { Duplex } from '@netstrata/stream-core';
import type { Judge } from './judge.js';
import { Life } from './life.js';
import type { Reads, StreamOptions } from './program.js';
import { begin } from './readers.js';

/** `net.Socket`, or a bare `Duplex`, which has less. */
export type AnyStream = Duplex & Partial<Pick<Socket, 'connect' | 'setTimeout' | 'setKeepAlive' | 'resetAndDestroy' | 'destroySoon' | 'bytesRead' | 'bytesWritten' | 'timeout'>>;

const EVENTS = ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connectionAttemptTimeout', 'connect', 'ready', 'end', 'finish', 'drain', 'timeout', 'error', 'close', 'prefinish', 'pause', 'resume'];

/** A stream of a program, with its current life. */
export class Player {
  readonly name: string;
  readonly host: WorldHost;
  readonly stream: AnyStream;
  readonly reads: Reads;
  readonly options: StreamOptions;
  readonly judge: Judge;
  readonly #net: unknown;
  readonly #key: number;
  #lives = 0;
  life: Life;
  abort: AbortController | null = null;
  /** Bytes that a step puts back with the next data. */
  putBack = 0;
  /** Bytes that `pour` has still to write. */
  pours: (() => void) | null = null;
  /** A loop reads, or has read. */
  isLooping = false;
  /** The return value of `onread` that continues reading. */
  stopsNext = false;

  constructor(name: string, host: WorldHost, stream: AnyStream, plan: { readonly reads: Reads; readonly options: StreamOptions }, judge: Judge, key: number, isClient: boolean) {
    this.name = name;
    this.host = host;
    this.stream = stream;
    this.reads = plan.reads;
    this.options = plan.options;
    this.judge = judge;
    this.#net = host.net;
    this.#key = key;
    this.life = this.#newLife(isClient);
    for (const event of EVENTS) stream.on(event, (...args: unknown[]) => { this.#heard(event, args); });
  }

  /** Its program runs. */
  get isThere(): boolean { return this.host.isUp && this.host.net === this.#net; }
  get isOurs(): boolean { return this.reads !== 'onread'; }

  /** Connects again: earlier writes and reads no longer count. */
  again(): void {
    const { needsDrain, mayDrain, leaves, reads, isCorked } = this.life;
    this.life = this.#newLife(true);
    this.life.leaves = leaves;
    this.life.isCorked = isCorked;
    // As in Node, a listener of 'readable' gets no event for a second connection until it reads.
    this.life.reads = (this.reads === 'data' || this.reads === 'onread') && reads;
    this.life.mayDrain = needsDrain || mayDrain;
  }

  #newLife(isClient: boolean): Life {
    const number = this.#lives++;
    const life = new Life(number === 0 ? this.name : `${this.name} (life ${number + 1})`, this.stream, this.judge, this.#key * 16 + number, isClient);
    this.judge.lives.push(life);
    return life;
  }

  /** Connected, by the connection of this number. */
  stands(connection: number): void {
    this.life.connected(connection);
  }

  begin(): void {
    begin(this);
  }

  #heard(event: string, args: readonly unknown[]): void {
    const { life } = this;
    life.isDead ||= !this.isThere;
    life.event(event);
    switch (event) {
      case 'connect': this.stands(connectionOf(this.stream)); break;
      case 'connectionAttemptTimeout': life.own.add('slow attempt'); break;
      case 'end': life.ended(); break;
      case 'finish': life.finished(); break;
      case 'drain':
        life.drained();
        this.pours?.();
        break;
      case 'timeout':
        life.timedOut();
        this.stream.destroy();
        life.gone ??= 'destroy';
        break;
      case 'error': life.failed(args[0] as Error); break;
      case 'close': life.closed(args[0] as boolean | undefined); break;
      default:
    }
  }
}

/** The number of the connection of a socket; 0 for none. After a reset it is stored only there. */
export function connectionOf(socket: object): number {
  const symbol = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'netstrata.socket')!;
  return (socket as Record<symbol, { readonly connection: { readonly id: number } | null }>)[symbol].connection?.id ?? 0;
}
