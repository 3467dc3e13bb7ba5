import fc from 'fast-check';

/** A whole number, both included; it shrinks to the least. */
export function between(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max });
}

/** Undefined except in this many percent of cases, and once shrunk. */
export function rarely<T>(percent: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ withCrossShrink: true }, { weight: 100 - percent, arbitrary: fc.constant(undefined) }, { weight: percent, arbitrary });
}

/** True in this many percent of cases, and false once shrunk. */
export function chance(percent: number): fc.Arbitrary<boolean> {
  return rarely(percent, fc.constant(true)).map((is) => is === true);
}

/** A list whose length is between two numbers, each equally often. With fast-check's own minimum length, shrinking would keep what is at the end. */
export function list<T>(arbitrary: fc.Arbitrary<T>, least: number, most: number): fc.Arbitrary<T[]> {
  return fc.array(arbitrary, { maxLength: most, size: 'max' }).filter(({ length }) => length >= least);
}

/** A record of those parts that are not undefined. */
export function given<T extends object>(parts: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<{ readonly [K in keyof T]?: Exclude<T[K], undefined> }> {
  return fc.record(parts).map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> });
}

/** Drawn from the given distribution, and shrunk as any number: many thousands become 7, if that is enough. */
export function shrinking(least: number, drawn: fc.Arbitrary<number>): fc.Arbitrary<number> {
  return Object.assign(between(least, 1_000_000), { generate: (random: fc.Random) => new fc.Value(drawn.generate(random, undefined).value, undefined) });
}
