import { expect, it } from 'vitest';
import { Child } from '../support/child.js';

it('nothing is warned of when pending deprecations are shown', async () => {
  const own = new Child('pending-deprecation', [], { NODE_PENDING_DEPRECATION: '1' });
  expect(await own.message()).toEqual({ warnings: [], noDeprecation: false });
  await own.stop();
});
