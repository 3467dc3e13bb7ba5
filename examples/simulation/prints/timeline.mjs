import { simulate } from '@netstrata/simulation';
import { bank, deposit } from '../src/bank.cjs';

const world = simulate();
const server = world.host('bank', { boot: (host) => bank(host.net, { balance: 0 }).listen(80) });
const client = world.host('client');
await world.run(async () => {
  await deposit(client.net, { host: 'bank', port: 80 }, 10);
  world.log('crash');
  server.crash();
});
console.log(world.timeline.toString());
