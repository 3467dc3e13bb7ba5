import { strictEqual } from 'node:assert';
import { getDriver } from '@netstrata/handles';
import { runner } from './runner.mjs';

const { describe, it } = runner;

const native = typeof Bun === 'undefined' ? 'libuv' : 'bun';

describe('where the version is one that is tested', () => {
  it(`the ${native} driver is chosen by itself`, async () => {
    strictEqual(process.env.NETSTRATA_DRIVER ?? '', '');
    strictEqual(getDriver().name, native);
  });
});
