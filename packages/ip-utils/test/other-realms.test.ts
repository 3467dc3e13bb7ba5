import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { cidrContains } from '../src/cidr/index.js';
import { classify, specialPurpose } from '../src/classify/index.js';

const foreign = (code: string): unknown => runInNewContext(code);

it('bytes of another realm are an address', () => {
  const bytes = foreign('new Uint8Array([10, 0, 0, 1])') as Uint8Array;
  expect(bytes).not.toBeInstanceOf(Uint8Array);
  expect(cidrContains('10.0.0.0/8', bytes)).toBe(true);
  expect(cidrContains('11.0.0.0/8', bytes)).toBe(false);
  expect(classify(bytes)).toBe('private');
  expect(specialPurpose(bytes)).toEqual(specialPurpose('10.0.0.1'));
});
