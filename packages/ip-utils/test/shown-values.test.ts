import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BlockList } from '../src/block-list/index.js';
import { inspectValue, shortly } from '../src/errors/inspect-value.js';

const custom = Symbol.for('nodejs.util.inspect.custom');
/** With what `inspect` hands to it, on the outside and inside of others. */
const asked = { [custom]: (depth: number, options: { depth: number }, show: unknown) => `<${depth} ${options.depth} ${typeof show}>` };
const Nameless = class { x = 1; };
Object.defineProperty(Nameless, 'name', { value: '' });

describe('values in messages look as util.inspect shows them', () => {
  it.each<unknown[]>([
    ['a'], [''], ["it's"], [`"it's"`], ['`"\'`'], ['`"${\''], ['\b\t\n\f\r\\'], ['\x00\x1f\x7e\x7f\x9f\xa0 é'], ['\ud800'], ['\udfff'], ['\ue000'], ['bot'],
    ['x'.repeat(10_000)], ['x'.repeat(10_001)], ['x'.repeat(10_002)],
    [0], [-0], [1.5], [NaN], [10n], [true], [undefined], [null], [Symbol('s')],
    [function named() {}], [() => {}], [class Named { x = 1; }], [Nameless],
    [/x/g], [new Date(0)], [new Date(NaN)],
    [[]], [{}], [[1, [2, [3, [4, [5]]]]]], [{ a: { b: { c: { d: 1 } } } }], [{ a: { b: { c: Object.create(null) as object } } }], [[[[[]], [[{}]], [[{ a: 1 }]]]]],
    [Object.create(null)], [new (class Point { x = 1; })()], [{ 'not-a-name': 1, _: 2, [Symbol('key')]: 3 }],
    [{ get a() { return 1; }, set b(_: number) {}, get c() { return 1; }, set c(_: number) {} }],
    [Object.defineProperty({ seen: 1 }, 'hidden', { value: 2 })],
    [Array.from({ length: 100 }, () => 1).join('').split('').slice(0, 5)],
    [{ text: 'x'.repeat(60), more: 'y'.repeat(20) }], [{ inner: { text: 'x'.repeat(60), more: 'y'.repeat(20) } }], [[['x'.repeat(75)]]],
    [asked], [[asked]], [{ a: { b: asked } }], [{ [custom]: 5 }],
  ])('%#', (value) => {
    expect(inspectValue(value)).toBe(inspect(value));
  });

  it('but for what cannot be looked at', () => {
    const show = (): never => { throw new Error('no'); };
    expect(inspectValue({ [custom]: show })).toBe('[Object]');
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(typeof inspectValue(proxy)).toBe('string');
  });

  it.each<[unknown, string]>([
    ['a', "'a'"], [5, '5'], [-0, '-0'], [10n, '10n'], [undefined, 'undefined'], [null, 'null'], [Symbol('s'), 'Symbol(s)'], [function named() {}, '[Function: named]'],
    [() => {}, '[Function: (anonymous)]'], [[1], '[Array]'], [{}, '[Object]'], [new Date(0), '[Date]'], [Object.create(null), '[Object: null prototype]'],
  ])('where the runtime shows nothing, shortly: %#', (value, shown) => {
    expect(shortly(value)).toBe(shown);
  });
});

it.each([['addAddresses', 'addresses'], ['addCIDRs', 'cidrs']] as const)('%s refuses what is no array', (method, name) => {
  const list = new BlockList();
  for (const value of ['10.0.0.0/8', { length: 1, 0: '10.0.0.0/8' }]) {
    const message = `The "${name}" argument must be an instance of Array. Received `;
    expect(() => { list[method](value as unknown as string[]); }).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE', message: expect.stringContaining(message) as unknown }));
  }
  expect(list.size).toBe(0);
});
