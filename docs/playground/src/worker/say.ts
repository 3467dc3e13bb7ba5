import inspect from 'object-inspect';
import { shortened, type Level, type Report } from '../protocol.js';

let port: MessagePort | null = null;
let isMuted = false;

/** Nothing is said before this. */
export function speakTo(to: MessagePort): void {
  port = to;
}

export function say(report: Report): void {
  port?.postMessage(JSON.stringify(report, (_, value: unknown) => (typeof value === 'string' ? shortened(value) : value)));
}

/** What programs print is left out, where they run many times. */
export function mute(on: boolean): void {
  isMuted = on;
}

/** Longer ones are shown on several lines. */
const LINE = 72;

// As Node shows bytes: `inspect` is what object-inspect asks for. Buffers have one of their own.
Object.defineProperty(Uint8Array.prototype, 'inspect', {
  value(this: Uint8Array) {
    const more = this.length > 16 ? `, ... ${this.length - 16} more` : '';
    return `Uint8Array(${this.length}) [ ${this.subarray(0, 16).join(', ')}${more} ]`;
  },
  writable: true,
});

/** A value as Node's console shows it. */
export function shown(value: unknown): string {
  const options = { quoteStyle: 'single', maxStringLength: 2000 } as const;
  const line = inspect(value, options);
  return line.length <= LINE ? line : inspect(value, { ...options, indent: 2 });
}

const words = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return value instanceof Error ? `${value.name}: ${value.message}` : shown(value);
};

const print = (level: Level) => (...values: unknown[]): void => {
  if (!isMuted) say({ type: 'print', level, text: values.map(words).join(' ') });
};

Object.assign(console, { log: print('log'), info: print('log'), debug: print('log'), warn: print('warn'), error: print('error') });
