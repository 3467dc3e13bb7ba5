import { expect, it } from 'vitest';
import { dial, listen, network, Told } from './support.js';

it('forgets a connection that was half made when the one who dialled crashed', () => {
  const { network: net, runTo } = network({ link: { latency: 10 } });
  const [client, server] = [net.host('client', '10.0.0.1'), net.host('server', '10.0.0.2')];
  listen(server.tcp, '10.0.0.2', 80);
  dial(client.tcp, '10.0.0.2', 80);
  runTo(15);
  client.crash();
  expect(server.open.connections).toHaveLength(1);
  runTo(70_000);
  expect(server.open.connections).toHaveLength(0);
});

it('waits for no probe of a host that has crashed', () => {
  const { network: net, time, runTo } = network({ link: { latency: 1 } });
  const [client, server] = [net.host('client', '10.0.0.1'), net.host('server', '10.0.0.2')];
  listen(server.tcp, '10.0.0.2', 80);
  const told = dial(client.tcp, '10.0.0.2', 80);
  runTo(10);
  told.connection!.setKeepAlive!(true, 0);
  net.block(client, server, true);
  client.crash();
  net.block(client, server, false);
  expect(time.isIdle).toBe(true);
});

it('sends nothing any more once it has crashed', () => {
  const { network: net, runTo } = network({ link: { latency: 10 }, limits: { receiveBuffer: 100 } });
  const [client, server] = [net.host('client', '10.0.0.1'), net.host('server', '10.0.0.2')];
  const accepted = listen(server.tcp, '10.0.0.2', 80);
  const told = dial(client.tcp, '10.0.0.2', 80);
  runTo(50);
  told.connection!.write(new Uint8Array(1000));
  told.connection!.shutdown();
  client.crash();
  runTo(1000);
  expect(accepted[0].events).toEqual(['data 100']);
});

it('forgets what was taken for one who has failed and will not read it', () => {
  const { network: net, runTo } = network({ limits: { receiveBuffer: 100 } });
  const host = net.host('host');
  let accepted: Told | null = null;
  const listener = host.ipc.listen!({ path: '/here' }, {
    onListening() {},
    onConnection(connection) {
      accepted = new Told();
      accepted.connection = connection;
      connection.sink = accepted;
    },
    onAcceptError() {},
    onClose() {},
  });
  const told = new Told();
  const connection = host.ipc.connect({ path: '/here' }, told);
  runTo(1);
  connection.write(new Uint8Array(1000));
  connection.close();
  runTo(2);
  accepted!.connection!.write(new Uint8Array(1));
  listener.close();
  runTo(200_000);
  expect(accepted!.events).toEqual(['close EPIPE']);
  expect(host.open.connections).toEqual([]);
});
