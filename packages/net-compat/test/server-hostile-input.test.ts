import { once } from 'node:events';
import { expect, it } from 'vitest';
import { connect, createNet, createServer, type AddressInfo, type LookupFunction } from '@netstrata/net-compat';
import { tcp } from '@netstrata/transport-tcp';

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['no address', []],
  ['a name', [{ address: 'b.example', family: 4 }]],
  ['an object', { address: '127.0.0.1' }],
])('listening on a host that resolves to %s is an error', async (_what, answer) => {
  const lookup: LookupFunction = (_name, _options, done) => {
    done(null, answer as string);
  };
  const server = createNet({ tcp, lookup }).createServer();
  setImmediate(() => server.listen(0, 'a.example'));
  const [error] = (await once(server, 'error')) as [Error];
  expect(error).toEqual(expect.objectContaining({ code: 'ERR_INVALID_IP_ADDRESS' }));
  expect(server.listening).toBe(false);
});

it('a host that is resolved twice is listened on once', async () => {
  const lookup: LookupFunction = (_name, _options, done) => {
    done(null, [{ address: '127.0.0.1', family: 4 }]);
    done(null, [{ address: '127.0.0.2', family: 4 }]);
  };
  const server = createNet({ tcp, lookup }).createServer().listen(0, 'a.example');
  await once(server, 'listening');
  expect(server.address()).toMatchObject({ address: '127.0.0.1' });
  server.close();
  await once(server, 'close');
});

it('a connection that is dropped is closed before anyone hears of it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.maxConnections = 0;
  const dropped = once(server, 'drop');
  server.once('drop', () => {
    throw new Error('from a listener');
  });
  const thrown = new Promise((resolve) => {
    process.setUncaughtExceptionCaptureCallback(resolve);
  });
  const client = connect(port, '127.0.0.1').resume();
  const ended = once(client, 'close');
  expect(await thrown).toMatchObject({ message: 'from a listener' });
  process.setUncaughtExceptionCaptureCallback(null);
  await Promise.all([dropped, ended]);
  server.close();
  await once(server, 'close');
});
