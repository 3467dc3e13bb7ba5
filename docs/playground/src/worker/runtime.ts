import { Buffer } from 'buffer/index.js';

// Imported first: what is loaded later takes what is here for the runtime's.

/** Of the runtime, not counted. */
export const native = { setTimeout: globalThis.setTimeout.bind(globalThis), setInterval: globalThis.setInterval.bind(globalThis) };

const clearNative = globalThis.clearTimeout.bind(globalThis);
const timers = new Set<number>();
const immediates = new Map<number, () => void>();
const { port1, port2 } = new MessageChannel();
let last = 0;

port1.onmessage = ({ data }: MessageEvent<number>) => {
  const task = immediates.get(data);
  immediates.delete(data);
  task?.();
};

type Task<T extends unknown[]> = (...args: T) => void;

/** As Node's: one with `unref` is no reason to wait for it. */
class Timer {
  readonly id: number;

  constructor(id: number) {
    this.id = id;
    this.ref();
  }

  ref(): this {
    timers.add(this.id);
    return this;
  }

  unref(): this {
    timers.delete(this.id);
    return this;
  }

  [Symbol.toPrimitive](): number { return this.id; }
}

function setTimeout<T extends unknown[]>(task: Task<T>, milliseconds?: number, ...args: T): Timer {
  const timer = new Timer(native.setTimeout(() => {
    timers.delete(timer.id);
    task(...args);
  }, milliseconds) as unknown as number);
  return timer;
}

function setInterval<T extends unknown[]>(task: Task<T>, milliseconds?: number, ...args: T): Timer {
  return new Timer(native.setInterval(task as Task<unknown[]>, milliseconds, ...args) as unknown as number);
}

/** By messages: timers that start one another wait for 4 ms each in a browser. */
function setImmediate<T extends unknown[]>(task: Task<T>, ...args: T): number {
  immediates.set(last += 1, () => { task(...args); });
  port2.postMessage(last);
  return last;
}

function clear(timer: Timer | number | undefined): void {
  const id = Number(timer);
  timers.delete(id);
  clearNative(id);
}

// Programs for Node use Buffer without importing it, and streams give such chunks where there is one.
Object.assign(globalThis, { Buffer, setTimeout, setInterval, setImmediate, clearTimeout: clear, clearInterval: clear, clearImmediate: (id: number) => immediates.delete(id) });

/** Milliseconds between two looks. */
const LOOK = 25;
/** Looks in a row at which nothing may wait: what has no timer, as a stream of the browser, goes on meanwhile. */
const QUIET_LOOKS = 3;

/** Resolves once no timer runs. A network in memory moves by nothing else, so nothing more can happen then. */
export async function untilIdle(): Promise<void> {
  for (let quiet = 0; quiet < QUIET_LOOKS; quiet++) {
    await new Promise((resolve) => native.setTimeout(resolve, LOOK));
    if (timers.size + immediates.size > 0) quiet = -1;
  }
}
