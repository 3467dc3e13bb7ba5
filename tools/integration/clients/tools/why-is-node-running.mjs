import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { besides, echoed, loading } from '../../src/client/loaded.mjs';
import { step } from '../../src/client/step.mjs';

const whyIsNodeRunning = await loading(async () => (await import('why-is-node-running')).default);
const { default: net } = await import('node:net');
const here = fileURLToPath(import.meta.url);

await step('it names the line that listens, and the one that connects', async () => {
  const server = net.createServer((peer) => peer.on('error', () => {}));
  server.listen(0);
  await once(server, 'listening');
  const client = net.connect(server.address().port, '127.0.0.1');
  await once(client, 'connect');
  const lines = [];
  whyIsNodeRunning({ error: (line) => lines.push(line) });
  const kinds = lines.filter((line) => /^# TCP/.test(line)).sort();
  const named = lines.filter((line) => line.includes(here) || line.includes('why-is-node-running.mjs')).map((line) => line.replace(/^.*? - /, '').trim());
  client.destroy();
  server.close();
  await once(server, 'close');
  return { kinds, named: [...new Set(named.filter((line) => /server\.listen|net\.connect/.test(line)))].sort() };
});

await step('sockets besides', async () => echoed(await besides(), 'hello'));
