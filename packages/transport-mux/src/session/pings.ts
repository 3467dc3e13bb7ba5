import { systemError } from '@netstrata/transport';
import { Deadline, Timeout } from '@netstrata/transport/layers';
import { PING, SYN } from '../frames/header.js';
import type { Settings } from '../options/mux-options.js';
import { throwAlone } from '../stream/throw-alone.js';

/** Gets how long an answer took, in milliseconds, or why there is none. */
export type PingDone = (error: Error | null, milliseconds: number) => void;

interface Ping {
  readonly since: number;
  readonly deadline: Deadline;
  readonly done: PingDone;
}

/** Who asks. */
export interface PingOwner {
  say(type: number, flags: number, id: number, length: number): void;
  /** Nothing at all came for so long that nobody is there. */
  onSilence(error: Error): void;
}

/** Questions that the peer has not answered yet: those of users, and from time to time one of its own. */
export class Pings {
  readonly #settings: Settings;
  readonly #owner: PingOwner;
  readonly #next: Timeout;
  readonly #open = new Map<number, Ping>();
  #last = 0;
  #isClosed = false;
  /** Something came since the last ping. */
  #hasHeard = false;
  /** Milliseconds of the last ping and its answer; null before. */
  roundTrip: number | null = null;

  constructor(settings: Settings, owner: PingOwner) {
    this.#settings = settings;
    this.#owner = owner;
    this.#next = new Timeout(settings.timers);
  }

  /** The next question of its own, in a while. */
  later(): void {
    const { keepAlive } = this.#settings;
    if (keepAlive !== null && !this.#isClosed) this.#next.start(keepAlive, this.#check);
  }

  readonly #check = (): void => {
    this.#hasHeard = false;
    this.ask((error) => {
      if (this.#isClosed) return;
      // Behind much else an answer may be late: a peer that still sends is there.
      if (error === null || this.#hasHeard) this.later();
      else this.#owner.onSilence(error);
    });
  };

  heard(): void {
    this.#hasHeard = true;
  }

  ask(done: PingDone): void {
    const { timers, timeout, now } = this.#settings;
    const value = (this.#last = (this.#last + 1) >>> 0);
    const deadline = new Deadline(timers);
    deadline.start(timeout, () => {
      this.#settle(value, systemError({ syscall: 'ping', code: 'ETIMEDOUT' }));
    });
    this.#open.set(value, { since: now(), deadline, done });
    this.#owner.say(PING, SYN, 0, value);
  }

  /** What nobody has asked, or not any more, is nothing. */
  answered(value: number): void {
    this.#settle(value, null);
  }

  #settle(value: number, error: Error | null): void {
    const ping = this.#open.get(value);
    if (ping === undefined) return;
    this.#open.delete(value);
    ping.deadline.stop();
    if (error === null) this.roundTrip = this.#settings.now() - ping.since;
    try {
      ping.done(error, error === null ? this.roundTrip! : 0);
    } catch (thrown) {
      throwAlone(thrown);
    }
  }

  /** There will be no answers. */
  close(error: Error): void {
    this.#isClosed = true;
    this.#next.stop();
    for (const value of [...this.#open.keys()]) this.#settle(value, error);
  }
}
