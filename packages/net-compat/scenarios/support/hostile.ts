import { STRANGE_OBJECTS } from './strange-objects.js';
import type { Stage } from './stage.js';

export type Hostile = readonly [label: string, make: () => unknown];

const PLAIN: readonly Hostile[] = [
  ['undefined', () => undefined], ['null', () => null], ['true', () => true], ['false', () => false],
  ['0', () => 0], ['-0', () => -0], ['1', () => 1], ['-1', () => -1], ['1.5', () => 1.5], ['NaN', () => Number.NaN], ['Infinity', () => Infinity],
  ['-Infinity', () => -Infinity], ['255', () => 255], ['256', () => 256], ['65536', () => 65536], ['2**31 - 1', () => 2 ** 31 - 1],
  ['2**31', () => 2 ** 31], ['2**32', () => 2 ** 32], ['2**53', () => 2 ** 53],
  ['1n', () => 1n], ['Symbol()', () => Symbol('s')],
];

const TEXTS: readonly Hostile[] = [
  ['an empty text', () => ''], ["' '", () => ' '], ["'0'", () => '0'], ["'-1'", () => '-1'], ["'1.5'", () => '1.5'], ["'65536'", () => '65536'],
  ["'abc'", () => 'abc'], ["' 80'", () => ' 80'], ["'0x50'", () => '0x50'], ["'1e2'", () => '1e2'], ['a text with a NUL', () => 'a\0b'], ['a NUL', () => '\0'],
  ['a text that is not ASCII', () => 'wörld'], ['a lone surrogate', () => '\ud800'], ['a long text', () => 'x'.repeat(200)],
  ['a text object', () => new String('abc')], ['a number object', () => new Number(1)],
];

/** Values that nobody expects, for every argument there is. Each is made when it is needed: what uses it may change it. */
export const HOSTILE: readonly Hostile[] = [...PLAIN, ...TEXTS, ...STRANGE_OBJECTS];

/** All but those for which `leaveOut` holds. */
export function hostileBut(leaveOut: (value: unknown, label: string) => boolean): Hostile[] {
  return HOSTILE.filter(([label, make]) => !leaveOut(make(), label));
}

/** A class is a function that throws when it is called, from wherever that is. */
export function isClass(value: unknown): boolean {
  return typeof value === 'function' && value.toString().startsWith('class');
}

/** Calls with each of the values, and writes down in the lane of `what` what is given back or thrown. */
export function tryAll(t: Stage, what: string, call: (value: unknown) => unknown, values: readonly Hostile[] = HOSTILE): void {
  for (const [label, make] of values) t.attempt(label, () => call(make()), what);
}
