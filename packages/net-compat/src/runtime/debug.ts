import { bare, type EventEmitter } from '@netstrata/stream-core';
import { loadBuiltin, runtimeProcess } from './runtime.js';

/*
 * What NODE_DEBUG=net shows: a line for each event of each socket and server, with a number of its own. It is looked at once, when this is
 * loaded; where it is off there is no function to be called.
 */

interface Util {
  debuglog?(section: string): ((text: string, ...values: unknown[]) => void) & { readonly enabled?: boolean };
}

const log = (loadBuiltin('util') as Util | undefined)?.debuglog?.('net');
let made = 0;

/** Shows what an emitter emits from now on; null where nothing is to be shown. workerd shows all, whatever it is told. */
export const showEvents = log?.enabled === true && runtimeProcess?.env?.['NODE_DEBUG'] !== undefined ? show : null;

function show(emitter: EventEmitter, kind: string): void {
  const id = `${kind} ${++made}`;
  const emit = Reflect.get(emitter, 'emit') as (this: EventEmitter, event: string | symbol, ...args: unknown[]) => boolean;
  log!('%s: made', id);
  Object.defineProperty(emitter, 'emit', bare({
    value(this: EventEmitter, event: string | symbol, ...args: unknown[]): boolean {
      const shown = args.map((value) => (event === 'data' ? sizeOf(value) : brief(value)));
      log!(['%s: %s', ...shown.map(() => '%s')].join(' '), id, event, ...shown);
      return emit.call(this, event, ...args);
    },
    writable: true,
    configurable: true,
  }));
}

/** Never what was received. */
function sizeOf(value: unknown): string {
  return typeof value === 'string' ? `${value.length} characters` : `${(value as Uint8Array).byteLength} bytes`;
}

/** Not all of an object. */
function brief(value: unknown): string {
  if (value instanceof Error) return value.message;
  if (typeof value === 'string') return value.length > 64 ? sizeOf(value) : value;
  if (typeof value === 'function') return `[${value.name || 'function'}]`;
  return typeof value === 'object' && value !== null ? `[${classOf(value)}]` : String(value);
}

function classOf(value: object): string {
  try {
    return value.constructor.name;
  } catch {
    // A program's own object, without a constructor, or with one that throws.
    return 'object';
  }
}
