/**
 * What makes classes of Node's kind: `new Socket()`, `Socket()`, `class extends Socket`, `util.inherits` with
 * `Socket.call(this)`. A `class` can do only two of these, so the constructor is a function, and its methods come from a class.
 */

import { bare, descriptorOf } from '@netstrata/stream-core';

interface Class {
  readonly prototype: object;
}

/**
 * Puts `child` under the runtime's own class and gives it the members of `source` and of the classes above it, up to `stop`,
 * laid out as the runtime's class has them: its own in its order, with its attributes, function names and lengths. What it
 * inherits is on a prototype between the two.
 */
export function standIn(child: Class, builtin: Class, source: object, stop: object): void {
  const members = membersOf(source, stop);
  const between = Object.create(builtin.prototype) as object;
  inherit(child, builtin);
  Object.setPrototypeOf(child.prototype, between);
  members.delete('constructor');
  for (const key of Reflect.ownKeys(builtin.prototype)) {
    const member = members.get(key);
    if (member !== undefined) put(child.prototype, key, member, descriptorOf(builtin.prototype, key));
    members.delete(key);
  }
  for (const [key, member] of members) {
    put(typeof key === 'symbol' ? child.prototype : between, key, member, descriptorIn(builtin.prototype, key));
  }
  admit(child, builtin);
}

/** The nearest of each name. */
function membersOf(source: object, stop: object): Map<PropertyKey, PropertyDescriptor> {
  const members = new Map<PropertyKey, PropertyDescriptor>();
  for (let from: object | null = source; from !== null && from !== stop; from = Object.getPrototypeOf(from) as object | null) {
    for (const key of Reflect.ownKeys(from)) if (!members.has(key)) members.set(key, descriptorOf(from, key)!);
  }
  return members;
}

/** The descriptor that holds for objects under `prototype`. */
export function descriptorIn(prototype: object, key: PropertyKey): PropertyDescriptor | undefined {
  for (let from: object | null = prototype; from !== null; from = Object.getPrototypeOf(from) as object | null) {
    const found = descriptorOf(from, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

function put(on: object, key: PropertyKey, member: PropertyDescriptor, like: PropertyDescriptor | undefined): void {
  if (like !== undefined) {
    if (typeof member.value === 'function' && typeof like.value === 'function') alike(member.value as () => void, like.value as () => void);
    member.enumerable = like.enumerable === true;
    // What has a setter here may have been plain data there.
    member.configurable = !('get' in member && 'get' in like && like.configurable === false);
  }
  Object.defineProperty(on, key, member);
}

function alike(method: () => void, { name, length }: () => void): void {
  if (method.name !== name) Object.defineProperty(method, 'name', bare({ value: name }));
  if (method.length !== length) Object.defineProperty(method, 'length', bare({ value: length }));
}

/** Puts a class under another: instances of `child` are instances of `parent`. */
export function inherit(child: Class, parent: Class): void {
  Object.setPrototypeOf(child.prototype, parent.prototype);
  Object.setPrototypeOf(child, parent);
}

const inherits = Reflect.get(Function.prototype, Symbol.hasInstance) as (this: unknown, value: unknown) => boolean;

/** Instances of `other` count as instances of `builtin`, but not of classes that extend it, such as the sockets of Node's http. */
function admit(builtin: Class, other: Class): void {
  Object.defineProperty(builtin, Symbol.hasInstance, bare({
    value(this: unknown, value: unknown): boolean {
      return inherits.call(this, value) || (this === builtin && inherits.call(other, value));
    },
    configurable: true,
  }));
}

/** `instanceof` by prototypes alone, whatever the class says of it. */
export function isInstance(value: unknown, { prototype }: Class): boolean {
  return Object.prototype.isPrototypeOf.call(prototype, value as object);
}

/** Runs a function constructor on an object that exists. */
export function construct(constructor: unknown, on: unknown, ...args: unknown[]): unknown {
  return Reflect.apply(constructor as () => unknown, on, args);
}
