import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isIP } from '../src/index.js';
import { parseAddress } from '../src/address/index.js';
import { ip, nearAddress } from './support/arbitraries.js';

it('what isIP takes is what parseAddress takes', () => {
  fc.assert(fc.property(fc.oneof(ip, nearAddress), (text) => {
    expect(parseAddress(text)?.version ?? 0).toBe(isIP(text));
  }), { numRuns: 20_000 });
});
