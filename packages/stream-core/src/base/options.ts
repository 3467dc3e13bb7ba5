/*
 * Options as a caller has given them. What is on `Object.prototype` was given by no caller: a program in which an attacker gets to write
 * there (prototype pollution) must not have its sockets changed. What comes out of `bare` and `optionsOf` inherits nothing, and can be read
 * and handed on without a thought.
 */

/** Unlike objects of `Object.create(null)` these have a shape, by which the engine finds their fields. */
const Bare = function () {} as unknown as { new (): object; prototype: object };
Bare.prototype = Object.create(null) as object;

/**
 * The same own fields on an object that inherits nothing: for options and descriptors that are made here, and where `{ ...given }` is
 * meant.
 */
export function bare<T extends object>(given: T | null | undefined): T {
  return Object.assign<object, unknown>(new Bare(), given) as T;
}

/** Takes what a class has between itself and `Object.prototype` away from its objects: it is a class of options. */
export function bareClass(Class: { readonly prototype: object }): void {
  Object.setPrototypeOf(Class.prototype, null);
}

/** `name in given`, but for what every object has. */
export function hasOption(given: object, name: PropertyKey): boolean {
  let from: object | null = Object(given) as object;
  if (!(name in from)) return false;
  if (!Object.hasOwn(Object.prototype, name)) return true;
  while (from !== null && from !== Object.prototype && !Object.hasOwn(from, name)) from = Object.getPrototypeOf(from) as object | null;
  return from !== null && from !== Object.prototype;
}

/** An option of an object's own, or of its class. */
export function optionOf<T extends object, K extends keyof T>(given: T, name: K): T[K] | undefined {
  return !Object.hasOwn(Object.prototype, name) || hasOption(given, name) ? given[name] : undefined;
}

/** Those options of an object and of its class that have these names. */
export function optionsOf<T extends object, K extends keyof T>(given: T | null | undefined, names: readonly K[]): Pick<T, K> {
  const options = new Bare() as T;
  if (given == null) return options;
  if (Object.getPrototypeOf(given) === Bare.prototype) return given;
  for (const name of names) {
    const value = optionOf(given, name);
    if (value !== undefined) options[name] = value;
  }
  return options;
}

/**
 * An ordinary object of these fields, for a function that is not ours: what it may read besides (`names`) it does not find on
 * `Object.prototype`.
 */
export function plainOptions<T extends object>(fields: T, names: readonly string[]): T {
  for (const name of names) {
    if (!Object.hasOwn(Object.prototype, name) || Object.hasOwn(fields, name)) continue;
    Object.defineProperty(fields, name, bare({ value: undefined, writable: true, enumerable: true, configurable: true }));
  }
  return fields;
}

/**
 * How a property of an object's own is made. Unlike what the language gives, a data property has no `get` here, whatever `Object.prototype`
 * has.
 */
export function descriptorOf(object: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  return descriptor && bare(descriptor);
}
