import { pino, type DestinationStream, type Logger } from 'pino';
import type { Timers } from '@netstrata/transport/layers';
import type { Client, Destination, GatewayEvents } from '../contract/events.js';
import { Sampler } from './sampler.js';

/** Bytes that wait while nobody reads the log. Lines beyond are dropped: nothing waits for a log. */
const MOST_WAITING = 1024 * 1024;

/** Milliseconds. */
const LAST_WORDS = 1000;

/** Letters of a text that a client has chosen: a name, a subject. */
const LONGEST = 255;

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text);
const whoIs = ({ id, address }: Client) => ({ client: short(id), address });
const whereTo = (to: Destination | null) => (to === null ? {} : { host: short(to.host), port: to.port });

/** One line of JSON for each event. It has who, where to and why: no token, and nothing that passes through. */
export class Log {
  readonly logger: Logger;
  readonly events: GatewayEvents;
  /** Where lines wait, null where they do not. */
  readonly #waits: ReturnType<typeof pino.destination> | null;
  readonly #sampler: Sampler;

  constructor(level: string, destination?: DestinationStream, clock?: Timers) {
    this.#waits = destination === undefined ? pino.destination({ fd: 1, sync: false, maxLength: MOST_WAITING }) : null;
    const formatters = { level: (label: string) => ({ level: label }) };
    this.logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters }, destination ?? this.#waits!);
    this.#sampler = new Sampler((kind, count) => {
      this.logger.warn({ event: kind, count }, 'more of the same, not logged one by one');
    }, clock);
    this.events = this.#writing();
  }

  /** Why a token was refused, which its owner is not told. */
  tokenRefused(reason: string, text: string): void {
    if (this.#sampler.passes('token refused')) this.logger.warn({ event: 'token refused', reason }, short(text));
  }

  /** Writes all that waits, before the process ends; not for long, where nobody reads. */
  end(): Promise<void> {
    this.#sampler.flush();
    // What still happens has no log any more.
    this.logger.level = 'silent';
    if (this.#waits === null) return Promise.resolve();
    const waits = this.#waits;
    return new Promise((resolve) => {
      setTimeout(resolve, LAST_WORDS).unref();
      waits.once('close', resolve);
      waits.end();
    });
  }

  #writing(): GatewayEvents {
    const write = (level: 'debug' | 'info' | 'warn', event: string, fields: object, text: string) => {
      if (this.logger.isLevelEnabled(level) && this.#sampler.passes(event)) this.logger[level]({ event, ...fields }, text);
    };
    return {
      notice: (text) => { this.logger.warn({ event: 'notice' }, text); },
      carrierOpened: (client) => { write('info', 'carrier opened', whoIs(client), 'a client has connected'); },
      carrierClosed: (client, error, passed) => {
        write('info', 'carrier closed', { ...whoIs(client), ...passed, ...(error && { error: error.message }) }, 'a client is gone');
      },
      carrierRefused: (address, status, reason, text) => { write('warn', 'carrier refused', { address, status, reason }, short(text)); },
      streamOpened: (client, to, address) => {
        write('debug', 'stream opened', { ...whoIs(client), ...whereTo(to), to: address }, 'a stream stands');
      },
      streamRefused: (client, to, reason, text) => {
        write('warn', 'stream refused', { ...whoIs(client), ...whereTo(to), reason }, short(text));
      },
      streamClosed: (client, to, passed) => {
        write('debug', 'stream closed', { ...whoIs(client), ...whereTo(to), ...passed }, 'a stream is gone');
      },
    };
  }
}
