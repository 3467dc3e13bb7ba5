const { unregister } = require('@netstrata/net-compat/register');
const { installGlobals, simulate } = require('@netstrata/simulation');
const net = require('node:net');
const { bank, deposit } = require('../src/bank.cjs');

const uninstall = installGlobals();
// The modules of Node are one for all test files of a process, so what was replaced in them is put back.
afterAll(() => {
  uninstall();
  unregister();
});

test('pays in, once the bank is open', async () => {
  const world = simulate();
  const account = { balance: 0 };
  const server = world.host('bank');
  const client = world.host('client');
  await world.run(async () => {
    // Programs that know of `node:net` and `setTimeout` alone.
    server.run(() => setTimeout(() => bank(net, account).listen(80), 60_000));
    await world.sleep(60_000);
    const balance = await client.run(() => deposit(net, { host: 'bank', port: 80 }, 10));
    expect(balance).toBe(10);
  });
  expect(world.now).toBe(60_004);
});
