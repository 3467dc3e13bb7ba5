import { once } from 'node:events';
import { createRequire } from 'node:module';
import { besides, echoed, loading } from '../../src/client/loaded.mjs';
import { step } from '../../src/client/step.mjs';

const require = createRequire(import.meta.url);
await loading(() => require('async-listener'));
const net = require('net');

await step('a listener is called around what a socket does', async () => {
  let created = 0;
  const around = [];
  const listener = process.createAsyncListener({
    create: () => ({ number: ++created }),
    before: (context, storage) => around.push(typeof storage.number),
    after: (context, storage) => around.push(typeof storage.number),
  });
  const server = net.createServer((peer) => peer.on('error', () => {}).end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.addAsyncListener(listener);
  const seen = await new Promise((resolve) => {
    const before = created;
    const client = net.connect(server.address().port, '127.0.0.1', () => {
      const text = [];
      client.on('data', (data) => text.push(`${data}`)).on('close', () => resolve({ text, made: created > before }));
    });
  });
  process.removeAsyncListener(listener);
  server.close();
  await once(server, 'close');
  return { ...seen, around: around.length > 2 && around.every((type) => type === 'number') };
});

await step('errors of what a listener began are its own', async () => {
  const caught = [];
  const listener = process.createAsyncListener({
    create: () => 'mine',
    error: (storage, error) => {
      caught.push([storage, error.message]);
      return true;
    },
  });
  const server = net.createServer((peer) => peer.on('error', () => {}).end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.addAsyncListener(listener);
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    setImmediate(() => client.destroy());
    throw new Error('from a listener');
  });
  process.removeAsyncListener(listener);
  await once(client, 'close');
  server.close();
  await once(server, 'close');
  return caught;
});

await step('sockets besides', async () => echoed(await besides(), 'hello'));
