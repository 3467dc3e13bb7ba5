const { simulate } = require('@netstrata/simulation');
const { bank, deposit } = require('../src/bank.cjs');

test('pays in', async () => {
  const world = simulate();
  const account = { balance: 0 };
  const server = world.host('bank');
  const client = world.host('client');
  await world.run(async () => {
    bank(server.net, account).listen(80);
    expect(await deposit(client.net, { host: 'bank', port: 80 }, 10)).toBe(10);
  });
  expect(world.now).toBe(4);
});
