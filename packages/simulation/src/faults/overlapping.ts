import type { FaultKind } from './fault.js';

/*
 * Faults of one kind may overlap. What they change is put back when the last of them is over.
 */

/** How many faults of each kind last on each host. */
const lasting = new WeakMap<object, Map<FaultKind, number>>();

/** Begins something, and ends it when the last of the faults of this kind is over. */
export function last(host: object, kind: FaultKind, begin: () => void, end: () => void): () => void {
  const kinds = lasting.get(host) ?? new Map<FaultKind, number>();
  lasting.set(host, kinds);
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  begin();
  return () => {
    const left = kinds.get(kind)! - 1;
    kinds.set(kind, left);
    if (left === 0) end();
  };
}

interface Overrides {
  /** What was there before the first. */
  readonly before: unknown;
  readonly values: { readonly value: unknown }[];
}

const overridden = new WeakMap<object, Map<PropertyKey, Overrides>>();

/** Gives a property another value. Where faults overlap the latest that is not over counts, and after all of them what was there before. */
export function override<T extends object, K extends keyof T>(target: T, key: K, value: T[K]): () => void {
  const keys = overridden.get(target) ?? new Map<PropertyKey, Overrides>();
  overridden.set(target, keys);
  const { before, values } = keys.get(key) ?? { before: target[key], values: [] };
  keys.set(key, { before, values });
  target[key] = value;
  // What became of it: a copy, perhaps.
  const set = { value: target[key] };
  values.push(set);
  return () => {
    const current = values[values.length - 1];
    values.splice(values.indexOf(set), 1);
    if (values.length === 0) keys.delete(key);
    // The scenario has changed it since: that stays.
    if (target[key] !== current.value) return;
    target[key] = (values.length === 0 ? before : values[values.length - 1].value) as T[K];
  };
}
