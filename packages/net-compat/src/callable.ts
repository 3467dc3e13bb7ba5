/**
 * Classes that Node's way: `new Socket()`, `Socket()`, `class extends Socket`, `util.inherits` with `Socket.call(this)`. A
 * `class` can do only two of these, so the constructor is a function and the methods come from a class.
 */

export interface CallableClass {
  new (first?: unknown, second?: unknown): object;
  (first?: unknown, second?: unknown): object;
  readonly prototype: object;
}

export function callable(name: string, init: (self: object, first: unknown, second: unknown) => void): CallableClass {
  const named: Record<string, CallableClass> = {
    [name]: function (this: unknown, first?: unknown, second?: unknown): unknown {
      if (!(this instanceof named[name])) return new named[name](first, second);
      init(this, first, second);
      return this;
    } as unknown as CallableClass,
  };
  const Constructor = named[name];
  Object.defineProperty(Constructor, 'name', { value: name, configurable: true });
  return Constructor;
}

/** Gives `target` the methods of a class and of the classes above it, up to `stop`. What is there already stays. */
export function adoptMethods(target: object, source: object, stop: object): void {
  for (let from: object | null = source; from !== null && from !== stop; from = Object.getPrototypeOf(from) as object | null) {
    for (const key of Reflect.ownKeys(from)) {
      if (key === 'constructor' || Object.hasOwn(target, key)) continue;
      Object.defineProperty(target, key, Object.getOwnPropertyDescriptor(from, key)!);
    }
  }
}

/** Puts a class under another: instances of `child` are instances of `parent`. */
export function inherit(child: { readonly prototype: object }, parent: { readonly prototype: object }): void {
  Object.setPrototypeOf(child.prototype, parent.prototype);
  Object.setPrototypeOf(child, parent);
}
