import '@netstrata/net-compat/register';
import assert from 'node:assert/strict';
import net from 'node:net';
import test, { after } from 'node:test';
import { installGlobals, simulate } from '@netstrata/simulation';
import { bank, deposit } from '../src/bank.cjs';

after(installGlobals());

test('pays in, once the bank is open', async () => {
  const world = simulate();
  const account = { balance: 0 };
  const server = world.host('bank');
  const client = world.host('client');
  await world.run(async () => {
    // Programs that know of `node:net` and `setTimeout` alone.
    server.run(() => setTimeout(() => bank(net, account).listen(80), 60_000));
    await world.sleep(60_000);
    assert.equal(await client.run(() => deposit(net, { host: 'bank', port: 80 }, 10)), 10);
  });
  assert.equal(world.now, 60_004);
});
