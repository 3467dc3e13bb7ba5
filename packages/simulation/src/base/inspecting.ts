/** By which `util.inspect` and `console.log` ask an object how it is shown. */
export const inspectSymbol: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/** What `util.inspect` passes. */
export type Inspect = (value: unknown, options: object) => string;

/** These fields under the name of a class. */
export function inspected(name: string, fields: object, depth: number, options: object, inspect: Inspect): string {
  return depth < 0 ? `[${name}]` : `${name} ${inspect(fields, options)}`;
}
