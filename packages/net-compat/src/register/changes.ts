/** Changes to objects that are not ours, each with what stood there before, so that all of them can be undone. */
export class Changes {
  readonly #undo: (() => void)[] = [];

  define(target: object, key: PropertyKey, descriptor: PropertyDescriptor): void {
    const before = Reflect.getOwnPropertyDescriptor(target, key);
    Object.defineProperty(target, key, descriptor);
    this.#undo.push(() => {
      if (before === undefined) Reflect.deleteProperty(target, key);
      else Object.defineProperty(target, key, before);
    });
  }

  /** Gives a property another value, or other accessors, and leaves the rest of it as it is. */
  replace(target: object, key: PropertyKey, by: Pick<PropertyDescriptor, 'value' | 'get'>): void {
    this.define(target, key, { ...Reflect.getOwnPropertyDescriptor(target, key), ...by });
  }

  relink(target: object, parent: object): void {
    const before = Object.getPrototypeOf(target) as object | null;
    Object.setPrototypeOf(target, parent);
    this.#undo.push(() => void Object.setPrototypeOf(target, before));
  }

  /** The last change first. */
  undo(): void {
    for (const step of this.#undo.splice(0).reverse()) step();
  }
}
