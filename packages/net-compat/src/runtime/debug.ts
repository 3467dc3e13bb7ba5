import type { EventEmitter } from 'events';
import { bare } from '@netstrata/stream-core';
import { loadBuiltin } from './runtime.js';

/*
 * What NODE_DEBUG=net shows: a line for each event of each socket and server, with a number of its own. It is looked at once, when this is
 * loaded; where it is off there is no function to be called.
 */

interface Util {
  debuglog?(section: string): ((text: string, ...values: unknown[]) => void) & { readonly enabled?: boolean };
}

const log = (loadBuiltin('util') as Util | undefined)?.debuglog?.('net');
let made = 0;

/** Shows what an emitter emits from now on; null where nothing is to be shown. */
export const showEvents = log?.enabled === true ? show : null;

function show(emitter: EventEmitter, kind: string): void {
  const id = `${kind} ${++made}`;
  const emit = Reflect.get(emitter, 'emit') as (this: EventEmitter, event: string | symbol, ...args: unknown[]) => boolean;
  log!('%s: made', id);
  Object.defineProperty(emitter, 'emit', bare({
    value(this: EventEmitter, event: string | symbol, ...args: unknown[]): boolean {
      log!(['%s: %s', ...args.map(() => '%s')].join(' '), id, event, ...args.map(brief));
      return emit.call(this, event, ...args);
    },
    writable: true,
    configurable: true,
  }));
}

/** Not what the bytes are, nor all of an object. */
function brief(value: unknown): string {
  if (value instanceof Error) return value.message;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  // An address or an event; what was received as text may be long.
  if (typeof value === 'string') return value.length > 64 ? `${value.length} characters` : value;
  if (typeof value === 'object' && value !== null) return `[${value.constructor?.name ?? 'object'}]`;
  return typeof value === 'function' ? `[${value.name || 'function'}]` : String(value);
}
