import { expect, it } from 'vitest';
import { dial, listen, network } from './support.js';

it('sends what was taken of one who has closed, also to a reader that takes minutes', () => {
  const { network: net, runTo } = network({ link: { latency: 1 }, limits: { receiveBuffer: 100 } });
  const [client, server] = [net.host('client', '10.0.0.1'), net.host('server', '10.0.0.2')];
  const accepted = listen(server.tcp, '10.0.0.2', 80);
  const told = dial(client.tcp, '10.0.0.2', 80);
  runTo(10);
  accepted[0].connection!.readStop();
  told.connection!.write(new Uint8Array(150));
  told.connection!.close();
  runTo(300_000);
  accepted[0].connection!.readStart();
  runTo(300_100);
  expect(accepted[0].events).toEqual(['data 100', 'data 50', 'end']);
  accepted[0].connection!.close();
  runTo(500_000);
  expect([...client.open.connections, ...server.open.connections]).toEqual([]);
});

it('hears that a reader that took nothing has lost its memory', () => {
  const { network: net, runTo } = network({ link: { latency: 1 }, limits: { receiveBuffer: 100, sendBuffer: 100 } });
  const [client, server] = [net.host('client', '10.0.0.1'), net.host('server', '10.0.0.2')];
  const accepted = listen(server.tcp, '10.0.0.2', 80);
  const told = dial(client.tcp, '10.0.0.2', 80);
  runTo(10);
  accepted[0].connection!.readStop();
  told.connection!.write(new Uint8Array(1000));
  runTo(100);
  server.crash();
  server.restart();
  runTo(10_000);
  expect(told.events).toEqual(['connect', 'close ECONNRESET']);
});

it('hears that a reader is gone whose reset was lost on the way', () => {
  const { network: net, runTo } = network({ link: { latency: 1 }, limits: { receiveBuffer: 100, sendBuffer: 100 } });
  const [client, server] = [net.host('client', '10.0.0.1'), net.host('server', '10.0.0.2')];
  const accepted = listen(server.tcp, '10.0.0.2', 80);
  const told = dial(client.tcp, '10.0.0.2', 80);
  runTo(10);
  accepted[0].connection!.readStop();
  told.connection!.write(new Uint8Array(1000));
  runTo(100);
  net.block(server, client, true);
  accepted[0].connection!.abort();
  runTo(200);
  net.block(server, client, false);
  runTo(10_000);
  expect(told.events).toEqual(['connect', 'close ECONNRESET']);
});
