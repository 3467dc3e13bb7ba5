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
  /** Adds a listener, behind the others. */
  on(event: string | symbol, listener: AnyListener): this;
  /** Adds a listener for one time. */
  once(event: string | symbol, listener: AnyListener): this;
  /** The same as `on`. */
  addListener(event: string | symbol, listener: AnyListener): this;
  /** Adds a listener before the others. */
  prependListener(event: string | symbol, listener: AnyListener): this;
  /** Adds a listener for one time, before the others. */
  prependOnceListener(event: string | symbol, listener: AnyListener): this;
  /** The same as `removeListener`. */
  off(event: string | symbol, listener: AnyListener): this;
  /** Removes a listener: the one of several that was added last. */
  removeListener(event: string | symbol, listener: AnyListener): this;
  /** Removes all listeners, or those of one event. */
  removeAllListeners(event?: string | symbol): this;
  /** Calls the listeners of an event. False where there is none; an 'error' without one is thrown. */
  emit(event: string | symbol, ...args: any[]): boolean; // eslint-disable-line @typescript-eslint/no-explicit-any -- as above
  /** The listeners of an event, in a list of its own. */
  listeners(event: string | symbol): AnyListener[];
  /** The same, those for one time within what calls them. */
  rawListeners(event: string | symbol): AnyListener[];
  /** How many listeners an event has; how often, where one is given. */
  listenerCount(event: string | symbol, listener?: AnyListener): number;
  /** The events that have listeners. */
  eventNames(): (string | symbol)[];
  /** How many listeners one event may have without a warning; 0 for any number. */
  setMaxListeners(count: number): this;
  /** How many that are. */
  getMaxListeners(): number;
}

/** The class of emitters. */
export interface EventEmitterConstructor {
  new (options?: object): EventEmitter;
  /** What instances inherit. */
  readonly prototype: EventEmitter;
}

/** The runtime's, or that of the package `events`. */
export const EventEmitter: EventEmitterConstructor = RuntimeEmitter;

/** As it is now: who puts another in its place wants to see every event. */
export const { emit } = RuntimeEmitter.prototype as { readonly emit: unknown };
