import { expect, it } from 'vitest';
import { Intake, Lab } from './support/lab.js';

const between = (options: ConstructorParameters<typeof Lab>[0]) => {
  const lab = new Lab(options);
  return { lab, client: lab.host('client'), server: lab.host('server') };
};

it('forgets a connection that was half made when the one who dialled crashed', async () => {
  const { lab, client, server } = between({ link: { latency: 10 } });
  lab.listen(server, 80);
  lab.dial(client, server.addresses[0], 80);
  await lab.run(15);
  client.crash();
  expect(server.open.connections).toHaveLength(1);
  await lab.run(70_000);
  expect(server.open.connections).toHaveLength(0);
});

it('waits for no probe of a host that has crashed', async () => {
  const { lab, client, server } = between({ link: { latency: 1 } });
  const { a } = await lab.pair(client, server);
  a.connection.setKeepAlive!(true, 0);
  lab.network.block(client, server, true);
  client.crash();
  lab.network.block(client, server, false);
  await lab.run();
  expect(lab.time.isIdle).toBe(true);
});

it('sends nothing any more once it has crashed', async () => {
  const { lab, client, server } = between({ link: { latency: 10 }, limits: { receiveBuffer: 100 } });
  const { a, b } = await lab.pair(client, server);
  a.connection.write(new Uint8Array(1000));
  a.connection.shutdown();
  client.crash();
  await lab.run(1000);
  expect([b.events, b.received]).toEqual([['data'], 100]);
});

it('sends what was taken of one who has closed, also to a reader that takes minutes', async () => {
  const { lab, client, server } = between({ link: { latency: 1 }, limits: { receiveBuffer: 100 } });
  const { a, b } = await lab.pair(client, server);
  b.connection.readStop();
  a.connection.write(new Uint8Array(150));
  a.connection.close();
  await lab.run(300_000);
  b.connection.readStart();
  await lab.run(100);
  expect([b.events, b.received]).toEqual([['data', 'end'], 150]);
  b.connection.close();
  await lab.run(200_000);
  expect([...client.open.connections, ...server.open.connections]).toEqual([]);
});

it('hears that a reader that took nothing has lost its memory', async () => {
  const { lab, client, server } = between({ link: { latency: 1 }, limits: { receiveBuffer: 100, sendBuffer: 100 } });
  const { a, b } = await lab.pair(client, server);
  b.connection.readStop();
  a.connection.write(new Uint8Array(1000));
  await lab.run(100);
  server.crash();
  server.restart();
  await lab.run(10_000);
  expect(a.events).toEqual(['connect', 'ECONNRESET']);
});

it('hears that a reader is gone whose reset was lost on the way', async () => {
  const { lab, client, server } = between({ link: { latency: 1 }, limits: { receiveBuffer: 100, sendBuffer: 100 } });
  const { a, b } = await lab.pair(client, server);
  b.connection.readStop();
  a.connection.write(new Uint8Array(1000));
  await lab.run(100);
  lab.network.block(server, client, true);
  b.connection.abort();
  await lab.run(100);
  lab.network.block(server, client, false);
  await lab.run(10_000);
  expect(a.events).toEqual(['connect', 'ECONNRESET']);
});

it('forgets what was taken for one who has failed and will not read it', async () => {
  const lab = new Lab({ limits: { receiveBuffer: 100 } });
  const host = lab.host('host');
  const intake = new Intake();
  intake.reads = false;
  intake.listener = host.ipc.listen!({ path: '/here' }, intake);
  const a = lab.dialEndpoint(host, { path: '/here' });
  await lab.until(() => intake.ends.length === 1);
  a.connection.write(new Uint8Array(1000));
  a.connection.close();
  await lab.run(1);
  intake.ends[0].connection.write(new Uint8Array(1));
  intake.listener.close();
  await lab.run(200_000);
  expect([intake.ends[0].events, host.open.connections]).toEqual([['EPIPE'], []]);
});
