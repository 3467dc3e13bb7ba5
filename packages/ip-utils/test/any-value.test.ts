import { describe, expect, it } from 'vitest';
import * as address from '../src/address/index.js';
import * as blockList from '../src/block-list/index.js';
import * as cidr from '../src/cidr/index.js';
import * as clientAddress from '../src/client-address/index.js';
import * as classify from '../src/classify/index.js';
import * as policy from '../src/policy/index.js';
import * as prefixMap from '../src/prefix-map/index.js';
import * as root from '../src/index.js';
import * as socketAddress from '../src/socket-address/index.js';

const throwing = { toString(): string { throw new RangeError('no text'); } };
/** What a caller may hand in: a `remoteAddress` that is not there, and worse. */
const VALUES: readonly (readonly [name: string, value: unknown])[] = [
  ['undefined', undefined], ['null', null], ['a number', 5], ['NaN', Number.NaN], ['a bigint', 5n], ['a boolean', true], ['a symbol', Symbol('address')],
  ['an object', {}], ['an object without a prototype', Object.create(null)], ['an object with bytes that are none', { bytes: 'abcd' }],
  ['an object that cannot be made text', throwing], ['an array', []], ['an array of addresses', ['10.0.0.1']], ['a function', () => '10.0.0.1'],
  ['a date', new Date(0)], ['empty bytes', new Uint8Array()], ['three bytes', new Uint8Array(3)], ['words', new Uint16Array(4)], ['a DataView', new DataView(new ArrayBuffer(4))],
  ['empty text', ''], ['text', 'localhost'], ['a proxy', new Proxy({}, {})],
];

type AnyFunction = (...args: unknown[]) => unknown;

const entries = { root, address, cidr, classify, clientAddress, policy: { addressPolicy: policy.addressPolicy }, prefixMap, blockList, socketAddress } as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const list = new blockList.BlockList();
const one = new socketAddress.SocketAddress();
const map = new prefixMap.PrefixMap<unknown>();
const methods = (of: object): [string, AnyFunction][] => Object.getOwnPropertyNames(Object.getPrototypeOf(of)).flatMap((name): [string, AnyFunction][] => {
  const value: unknown = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(of), name)!.value;
  return name === 'constructor' || typeof value !== 'function' ? [] : [[`${of.constructor.name}.prototype.${name}`, (value as AnyFunction).bind(of)]];
});
const statics = (Class: { readonly name: string }): [string, AnyFunction][] => [
  [`new ${Class.name}`, (...args): unknown => Reflect.construct(Class as never, args)],
  ...Object.getOwnPropertyNames(Class).flatMap((name) => {
    const value = (Class as unknown as Record<string, unknown>)[name];
    const named: [string, AnyFunction][] = name === 'prototype' || typeof value !== 'function' ? [] : [[`${Class.name}.${name}`, (value as AnyFunction).bind(Class)]];
    return named;
  }),
];
const isClass = (value: unknown): boolean => typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));

/** Everything that can be called, by its name. */
const callable: readonly (readonly [string, AnyFunction])[] = [
  ...Object.entries(entries).flatMap(([entry, exports]) => Object.entries(exports).flatMap(([name, value]): [string, AnyFunction][] =>
    isClass(value) ? statics(value as never) : [[`${entry}.${name}`, value as AnyFunction]])),
  ...methods(list),
  ...methods(one),
  ...methods(map),
  ...methods(policy.publicOnly),
];

/** Coerce as those of node:net do, and throw what the language throws for what cannot be. */
const COERCE = new Set(['root.isIP', 'root.isIPv4', 'root.isIPv6']);
const DOCUMENTED = ['ERR_INVALID_ARG_TYPE', 'ERR_INVALID_ARG_VALUE', 'ERR_INVALID_ADDRESS', 'ERR_OUT_OF_RANGE', 'ERR_SOCKET_BAD_PORT'];

/** What is wrong with how a function takes these arguments; null when nothing is. */
function complaint(name: string, call: AnyFunction, args: readonly unknown[]): string | null {
  try {
    call(...args);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code !== undefined && DOCUMENTED.includes(code)) return null;
    if (error instanceof RangeError && message.startsWith('An IP address is 4 or 16 bytes long, not ')) return null;
    if (COERCE.has(name) && /no text|Cannot convert/.test(message)) return null;
    // The text is asked for as JSON.
    if (error instanceof SyntaxError && name.endsWith('.fromJSON')) return null;
    return message;
  }
  return null;
}

describe('every function of every entry takes every value', () => {
  it('there are those that are meant', () => {
    expect(callable.length).toBeGreaterThan(35);
    for (const name of ['clientAddress.clientAddress', 'PrefixMap.prototype.covering', 'cidr.cidrContains', 'cidr.merge', 'address.parseHostPort', 'policy.addressPolicy', 'Policy.prototype.check', 'classify.isGlobal', 'BlockList.prototype.check', 'SocketAddress.parse', 'new BlockList', 'address.compareBytes']) expect(callable.map(([known]) => known)).toContain(name);
  });

  for (const [name, call] of callable) {
    if (name.includes('inspect')) continue;
    it(name, () => {
      const wrong: string[] = [];
      for (const [what, value] of VALUES) {
        for (const args of [[value], [value, value], ['10.0.0.0/8', value], ['10.0.0.1', value], [value, '10.0.0.1'], ['10.0.0.1', '10.0.0.2', value], ['10.0.0.0', 8, value], [new Uint8Array(4), value]]) {
          const said = complaint(name, call, args);
          if (said !== null) wrong.push(`${what} among ${args.length}: ${said}`);
        }
      }
      expect(wrong).toEqual([]);
    });
  }
});

describe('what is no address is answered', () => {
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = new Proxy({}, { get(): never { throw new Error('get'); } });
  const none = [...VALUES.map(([, value]) => value), revoked, throwing].filter((value) => typeof value !== 'string') as never[];

  it('by null or false', () => {
    for (const value of none) {
      expect([
        address.parseAddress(value), address.parseIPv4(value), address.parseIPv6(value), address.normalizeAddress(value), address.embeddedIPv4(value),
        cidr.parseCIDR(value), cidr.cidrContains('10.0.0.0/8', value), classify.classify(value), classify.specialPurpose(value), classify.isGlobal(value), classify.looseIPv4(value),
      ]).toEqual([null, null, null, null, null, null, false, null, null, false, null]);
      expect([address.allEmbeddedIPv4(value), classify.embeddedAddresses(value), policy.publicOnly.check(value)]).toEqual([[], [], { allowed: false, rule: null }]);
    }
  });

  it('by an error where there can be no answer', () => {
    for (const value of [undefined, null, 5, {}, { bytes: [10, 0, 0, 0], prefix: 8 }]) {
      for (const call of [() => cidr.cidrContains(value as never, '10.0.0.1'), () => cidr.cidrOverlaps('10.0.0.0/8', value as never), () => cidr.cidrBounds(value as never), () => cidr.formatCIDR(value as never)]) {
        expect(call).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE', message: expect.stringContaining('The "cidr" argument must be a CIDR, or the text of one. Received ') as string }));
      }
      expect(() => address.compareBytes(new Uint8Array(4), value as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
      expect(() => address.formatBytes(value as never)).toThrow(RangeError);
      expect(() => address.formatAddress(value as never)).toThrow(RangeError);
      expect(() => new blockList.BlockList().check(value as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
    }
  });
});
