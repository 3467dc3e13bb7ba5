import net from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIP, isIPv4, isIPv6 } from '../src/index.js';
import { ip, nearAddress } from './support/arbitraries.js';

const ours = (input: unknown) => [isIP(input), isIPv4(input), isIPv6(input)];
const nodes = (input: unknown) => [net.isIP(input as string), net.isIPv4(input as string), net.isIPv6(input as string)];
const outcome = (run: () => unknown) => {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
};

describe('isIP answers as node:net does', () => {
  it('for addresses in every spelling', () => {
    fc.assert(fc.property(ip, (text) => {
      expect(ours(text)).toEqual(nodes(text));
      expect(isIP(text)).not.toBe(0);
    }), { numRuns: 2000 });
  });
  it('for text that is nearly an address', () => {
    const seen = { valid: 0, invalid: 0 };
    fc.assert(fc.property(nearAddress, (text) => {
      seen[net.isIP(text) === 0 ? 'invalid' : 'valid']++;
      expect(ours(text)).toEqual(nodes(text));
    }), { numRuns: 20_000 });
    // The generator must hit both sides of the edge, or the property says nothing.
    expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan((seen.valid + seen.invalid) / 10);
  });
  it('for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(ours(text)).toEqual(nodes(text));
    }), { numRuns: 2000 });
  });
  it.each([
    [undefined], [null], [4], [true], [['127.0.0.1']], [[['::1']]], [['1.1.1.1', '2']], [{ toString: () => '::1' }], [{ valueOf: () => '::1' }], [new String('1.1.1.1')], [0n], [{}], [NaN],
    [{ [Symbol.toPrimitive]: (hint: string) => (hint === 'string' ? '1.1.1.1' : 'x') }], [Symbol('x')], [Object.create(null)],
  ])('for the non-string %#', (value) => {
    expect(outcome(() => ours(value))).toEqual(outcome(() => nodes(value)));
  });
});
