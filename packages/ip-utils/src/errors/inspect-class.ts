import { inspectValue } from './inspect-value.js';

type Inspect = (value: unknown, options: object) => string;

/**
 * The body of an `[nodejs.util.inspect.custom]` method: `Name { fields }`, one level deeper, by the `inspect` that is asking. Node hands
 * that in as the third argument, so nothing has to be imported for it.
 */
export function inspectAs(
  name: string, self: object, fields: object, depth: number, options: { depth?: number | null }, inspect?: unknown,
): unknown {
  if (depth < 0) return self;
  const deeper = { ...options, depth: options.depth == null ? null : options.depth - 1 };
  return `${name} ${typeof inspect === 'function' ? (inspect as Inspect)(fields, deeper) : inspectValue(fields)}`;
}
