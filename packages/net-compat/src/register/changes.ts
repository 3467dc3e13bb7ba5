import { bare, descriptorOf } from '@netstrata/stream-core';

/** Changes to objects that are not ours, each with what stood there before, so that all of them can be undone. */
export class Changes {
  readonly #undo: (() => void)[] = [];

  define(target: object, key: PropertyKey, descriptor: PropertyDescriptor): void {
    const before = descriptorOf(target, key);
    const made = bare(descriptor);
    Object.defineProperty(target, key, made);
    this.#undo.push(() => {
      const now = descriptorOf(target, key);
      // Replaced again by others: that stays.
      if (now?.value !== made.value || now?.get !== made.get) return;
      if (before === undefined) Reflect.deleteProperty(target, key);
      else Object.defineProperty(target, key, before);
    });
  }

  /** Gives a property another value, or other accessors, and leaves the rest of it as it is. */
  replace(target: object, key: PropertyKey, by: Pick<PropertyDescriptor, 'value' | 'get'>): void {
    this.define(target, key, { ...descriptorOf(target, key), ...by });
  }

  setPrototypeOf(target: object, parent: object): void {
    const before = Object.getPrototypeOf(target) as object | null;
    Object.setPrototypeOf(target, parent);
    this.#undo.push(() => void Object.setPrototypeOf(target, before));
  }

  /** The last change first. What cannot be undone does not keep the others; the first such error is thrown. */
  undo(): void {
    const errors: unknown[] = [];
    for (let step = this.#undo.pop(); step !== undefined; step = this.#undo.pop()) {
      try {
        step();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
