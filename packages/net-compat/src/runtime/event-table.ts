import { EventEmitter } from '@netstrata/stream-core';

/**
 * The listeners of a socket, with a place for each event that sockets have: an object of a known shape is a fifth of the size
 * of the dictionary that an emitter starts with. The places are those of Node's streams, in their order: `eventNames()` shows it.
 */
function EventTable(this: Record<string, unknown>): void {
  this['close'] = undefined;
  this['error'] = undefined;
  this['prefinish'] = undefined;
  this['finish'] = undefined;
  this['drain'] = undefined;
  this['data'] = undefined;
  this['end'] = undefined;
  this['readable'] = undefined;
}
// Events may have any name, those of Object.prototype's members too.
EventTable.prototype = Object.create(null) as object;

/** Whether the emitter of this runtime keeps the places of events without listeners (Node 20 and later). */
const keepsShape = Object.getOwnPropertySymbols(new EventEmitter()).some((symbol) => symbol.description === 'shapeMode');

/** Makes an emitter of an object that was not made by the emitter's constructor. */
export function initEmitter(emitter: EventEmitter, options: object): void {
  if (keepsShape) {
    const fields = emitter as unknown as { _events: object; _eventsCount: number };
    fields._events = new (EventTable as unknown as new () => object)();
    fields._eventsCount = 0;
  }
  (EventEmitter as unknown as { call(self: EventEmitter, options: object): void }).call(emitter, options);
}
