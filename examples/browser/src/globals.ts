// What Node has as globals, before anything that looks for them is loaded: this module is imported first.
import { Buffer } from './stand-ins/buffer.js';
import process from 'process';

const tasks = new Map<number, () => void>();
const { port1, port2 } = new MessageChannel();
port1.onmessage = ({ data }: MessageEvent<number>) => {
  const task = tasks.get(data);
  tasks.delete(data);
  task?.();
};
let last = 0;

/** By messages: timers that start one another wait for 4 ms each in a page. */
function setImmediate<T extends unknown[]>(task: (...args: T) => void, ...args: T): number {
  tasks.set(last += 1, () => { task(...args); });
  port2.postMessage(last);
  return last;
}

Object.assign(globalThis, { Buffer, process, global: globalThis, setImmediate, clearImmediate: (id: number) => void tasks.delete(id) });
