import type { Net } from './stage.js';

/** What is done when something is called; `self` is what a method was called on. */
type Behaviour = (self: unknown) => unknown;

/**
 * Nets that have the names of another, and nothing of what it does: what a scenario sees of it must not be what it sees of them. They are no
 * streams and no emitters, and their functions have neither names nor lengths.
 */
export function nullNets(net: Net): Readonly<Record<string, Net>> {
  return {
    'a net that does nothing': withMakers(hollow(net, (self) => self)),
    'a net that throws': hollow(net, () => { throw new Error('There is no net'); }),
  };
}

/** What makes objects makes some that do nothing, or no scenario would come to what it does with them. */
function withMakers(net: Net): Net {
  const { Server, Socket } = net as unknown as Record<'Server' | 'Socket', new () => object>;
  const connect = anonymous(() => new Socket());
  return { ...net, connect, createConnection: connect, createServer: anonymous(() => new Server()) } as unknown as Net;
}

function hollow(net: Net, behave: Behaviour): Net {
  const made = new Map<unknown, object>();
  const entries = Object.entries(net).map(([key, value]: [string, unknown]) => {
    if (typeof value !== 'function') return [key, undefined];
    // Under two names it is one.
    if (!made.has(value)) made.set(value, /^[A-Z]/.test(key) ? hollowClass(value, behave) : anonymous(() => behave(undefined)));
    return [key, made.get(value)];
  });
  return Object.fromEntries(entries) as Net;
}

/** It can be called with `new` and without, and extended. */
function hollowClass(original: { readonly prototype?: unknown }, behave: Behaviour): object {
  const Hollow = anonymous((self) => {
    behave(undefined);
    return self instanceof Hollow ? self : Object.create(Hollow.prototype as object);
  });
  fill(Hollow, original, () => behave(undefined));
  // Its own methods and those of all that it inherits from.
  for (let from = original.prototype; from != null && from !== Object.prototype; from = Object.getPrototypeOf(from) as unknown) fill(Hollow.prototype as object, from, behave);
  return Hollow;
}

/** Gives `target` what `original` has and it has not. */
function fill(target: object, original: object, behave: Behaviour): void {
  for (const key of Reflect.ownKeys(original)) {
    if (Object.hasOwn(target, key)) continue;
    const descriptor = Object.getOwnPropertyDescriptor(original, key)!;
    const isMethod = typeof descriptor.value === 'function';
    // What is read is not there: a getter that gives the object itself would be more than nothing.
    const nothing = descriptor.get === undefined ? { value: undefined, writable: true } : { get: () => void behave(undefined), set: () => void behave(undefined) };
    Object.defineProperty(target, key, { configurable: true, ...(isMethod ? { value: anonymous(behave), writable: true } : nothing) });
  }
}

function anonymous(behave: Behaviour): (...args: unknown[]) => unknown {
  return function (this: unknown): unknown { return behave(this); };
}
