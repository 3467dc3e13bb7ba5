/**
 * What makes classes of Node's kind: `new Socket()`, `Socket()`, `class extends Socket`, `util.inherits` with
 * `Socket.call(this)`. A `class` can do only two of these, so the constructor is a function, and its methods come from a class.
 */

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
