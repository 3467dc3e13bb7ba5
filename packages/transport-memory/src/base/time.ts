/** What is run at some time, with the argument that was given with it. */
export type Task<T> = (argument: T) => void;

/** Where a network's time comes from: the runtime's, or one that a simulation moves. All times are in milliseconds. */
export interface Time {
  /** Since an arbitrary beginning. */
  readonly now: number;
  /** Runs a task in a separate turn, behind those that were asked for before. */
  soon<T>(task: Task<T>, argument: T): void;
  /** Runs a task after some time. One in the `background` is no reason to wait for it. */
  after<T>(milliseconds: number, task: Task<T>, argument: T, background?: boolean): unknown;
  /** Forgets what `after` has returned. */
  cancel(timer: unknown): void;
}

interface Runtime {
  readonly setImmediate?: <T>(task: Task<T>, argument: T) => unknown;
  readonly setTimeout: (task: () => void, milliseconds: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
}

/** As they are now: a test that replaces the timers of the process does not mean those of the network. */
const { setImmediate, setTimeout, clearTimeout } = globalThis as unknown as Runtime;

/** The time of the runtime. */
export const systemTime: Time = {
  get now() {
    return performance.now();
  },
  soon: setImmediate === undefined ? viaMessages() : (task, argument) => void setImmediate(task, argument),
  after(milliseconds, task, argument, background = false) {
    const timer = setTimeout(() => { task(argument); }, milliseconds);
    if (background) (timer as { unref?(): void }).unref?.();
    return timer;
  },
  cancel(timer) {
    clearTimeout(timer);
  },
};

/** In a browser: timers of 0 ms are held up there once they are nested, messages are not. */
function viaMessages(): Time['soon'] {
  const waiting: (() => void)[] = [];
  let channel: MessageChannel | null = null;
  return (task, argument) => {
    if (channel === null) {
      channel = new MessageChannel();
      channel.port1.onmessage = () => waiting.shift()?.();
    }
    waiting.push(() => { task(argument); });
    channel.port2.postMessage(null);
  };
}
