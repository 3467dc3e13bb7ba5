interface Util {
  inspect(value: unknown): string;
}
interface Runtime {
  readonly process?: { getBuiltinModule?(name: string): Util | undefined };
}

/**
 * `value` as it appears in a message: as `util.inspect` shows it, where the runtime has that. It is asked for, and not imported: this
 * package runs everywhere. Never throws.
 */
export function inspectValue(value: unknown): string {
  try {
    return (globalThis as Runtime).process?.getBuiltinModule?.('util')?.inspect(value) ?? shortly(value);
  } catch {
    // A throwing trap, or a method of its own that is to show it: the message matters more.
    return '[Object]';
  }
}

/** What a value is, and little of what is in it: for runtimes that show nothing. */
export function shortly(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[Function: ${value.name || '(anonymous)'}]`;
  if (typeof value === 'object' && value !== null) return `[${constructorName(value) ?? 'Object: null prototype'}]`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The name of the constructor nearest on the prototype chain, or null without one. */
export function constructorName(value: object): string | null {
  for (let object: object | null = value; object !== null; object = Object.getPrototypeOf(object) as object | null) {
    const constructor = ownValue(object, 'constructor');
    const name = typeof constructor === 'function' ? ownValue(constructor, 'name') : undefined;
    if (typeof name === 'string') return name;
  }
  return null;
}

function ownValue(object: object, key: string): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  return descriptor !== undefined && Object.hasOwn(descriptor, 'value') ? descriptor.value : undefined;
}
