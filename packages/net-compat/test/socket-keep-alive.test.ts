import { expect, it } from 'vitest';
import { keepAliveOf, sameKeepAlive } from '../src/args/keep-alive.js';

it('times to keep a connection alive are the same when their whole seconds are', () => {
  expect(sameKeepAlive(keepAliveOf(true, 1000), keepAliveOf(true, 1999))).toBe(true);
  expect(sameKeepAlive(keepAliveOf(true, 1000, 5400), keepAliveOf(true, 1000, 5000))).toBe(true);
  expect(sameKeepAlive(keepAliveOf(true, 1000), keepAliveOf(true, 2000))).toBe(false);
  expect(sameKeepAlive(keepAliveOf(true, 1000), keepAliveOf(false, 1000))).toBe(false);
});
