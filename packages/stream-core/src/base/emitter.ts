/* eslint-disable @typescript-eslint/ban-ts-comment -- an error is expected where @types/node is not installed, and in that case alone */
import { EventEmitter as RuntimeEmitter } from 'events';
/** @ts-ignore */
import type { EventEmitter as NodeEmitter } from 'events';

/** What is called with the arguments of an event. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- which they are, only the event says
export type AnyListener = (...args: any[]) => void;

/** Node's class, where its types are installed. In brackets: what is not found is `any`. */
type EmitterOfNode = [unknown] extends [NodeEmitter] ? object : NodeEmitter;

/** An emitter of events, of Node's kind. All that it has is said here: the types of Node may not be installed. */
export interface EventEmitter extends EmitterOfNode {
  on(event: string | symbol, listener: AnyListener): this;
  once(event: string | symbol, listener: AnyListener): this;
  addListener(event: string | symbol, listener: AnyListener): this;
  prependListener(event: string | symbol, listener: AnyListener): this;
  prependOnceListener(event: string | symbol, listener: AnyListener): this;
  off(event: string | symbol, listener: AnyListener): this;
  removeListener(event: string | symbol, listener: AnyListener): this;
  removeAllListeners(event?: string | symbol): this;
  emit(event: string | symbol, ...args: any[]): boolean; // eslint-disable-line @typescript-eslint/no-explicit-any -- as above
  listeners(event: string | symbol): AnyListener[];
  rawListeners(event: string | symbol): AnyListener[];
  listenerCount(event: string | symbol, listener?: AnyListener): number;
  eventNames(): (string | symbol)[];
  setMaxListeners(count: number): this;
  getMaxListeners(): number;
}

export interface EventEmitterConstructor {
  new (options?: object): EventEmitter;
  readonly prototype: EventEmitter;
}

/** The runtime's, or that of the package `events`. */
export const EventEmitter: EventEmitterConstructor = RuntimeEmitter;

/** As it is now: who puts another in its place wants to see every event. */
export const { emit } = RuntimeEmitter.prototype as { readonly emit: unknown };
