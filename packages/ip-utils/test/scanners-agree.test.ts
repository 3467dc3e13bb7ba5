import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isIP } from '../src';
import { parseAddress } from '../src/address';
import { ip, nearAddress } from './support/arbitraries';

it('what isIP takes is what parseAddress takes', () => {
  fc.assert(fc.property(fc.oneof(ip, nearAddress), (text) => {
    expect(parseAddress(text)?.version ?? 0).toBe(isIP(text));
  }), { numRuns: 20_000 });
});
