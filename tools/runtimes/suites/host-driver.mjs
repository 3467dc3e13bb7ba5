import { strictEqual, throws } from 'node:assert';
import { getDriver } from '@netstrata/handles';
import { runner } from './runner.mjs';

const { describe, it } = runner;

describe('where process.binding is refused', () => {
  it('it throws', async () => {
    throws(() => process.binding('tcp_wrap'));
  });
  it('the host driver is chosen by itself', async () => {
    strictEqual(process.env.NETSTRATA_DRIVER ?? '', '');
    strictEqual(getDriver().name, 'host');
  });
});
