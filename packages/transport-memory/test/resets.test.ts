import { expect, it } from 'vitest';
import { dial, listen, network } from './support.js';

it('is a reset and no end, when a reset cuts into what is followed by an end', () => {
  const { network: net, runTo } = network({ link: { latency: 1 } });
  const [client, server] = [net.host('client', '10.0.0.1'), net.host('server', '10.0.0.2')];
  const accepted = listen(server.tcp, '10.0.0.2', 80);
  const told = dial(client.tcp, '10.0.0.2', 80);
  runTo(10);
  net.path(client, server).reset(1);
  told.connection!.write(new Uint8Array(5));
  told.connection!.shutdown();
  runTo(20);
  expect(accepted[0].events).toEqual(['data 1', 'close ECONNRESET']);
});
