import type { Hostile } from './hostile.js';

function thrower(what: string): () => never {
  return () => {
    throw new Error(`asked for ${what}`);
  };
}

const shout = thrower('a primitive');

/** Objects that are not what they seem, or throw when they are looked at. */
export const STRANGE_OBJECTS: readonly Hostile[] = [
  ['{}', () => ({})], ['an object without a prototype', () => Object.create(null) as object], ['[]', () => []], ['[1]', () => [1]], ["['abc']", () => ['abc']],
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- a class is what it should be
  ['a function', () => function named(): void {}], ['an arrow', () => () => {}], ['a class', () => class Named {}],
  ['a date', () => new Date(0)], ['a pattern', () => /x/], ['a map', () => new Map()], ['a Buffer', () => Buffer.from('buffer')], ['a Uint8Array', () => new Uint8Array([1, 2])],
  ['a proxy', () => new Proxy({}, {})],
  ['an object with a toString', () => ({ toString: () => 'abc' })], ['an object with a valueOf', () => ({ valueOf: () => 1 })],
  ['an object that is no primitive', () => ({ toString: shout, valueOf: shout })],
];

/** Throws when any property of it is asked for. */
export const throwingProxy = (): object => new Proxy({}, { get: (_, name) => thrower(String(name))(), has: (_, name) => thrower(String(name))() });

/** Throws when that property of it is asked for. */
export function throwingGetter(name: string): object {
  return Object.defineProperty({}, name, { get: thrower(name), enumerable: true, configurable: true });
}
