import { expect, it } from 'vitest';
import { simulate } from '../src/index.js';

it('shows bytes that a terminal might obey as what they are', async () => {
  const world = simulate();
  const server = world.host('server', { boot: ({ net }) => { net.createServer((socket) => socket.resume()).listen(1); } });
  const client = world.host('client').net.connect(1, server.addresses[0]);
  client.write(Buffer.from([0x1b, 0x7f, 0x9b, 0xe9]));
  await world.advance(10);
  const sent = world.timeline.entries.find(({ kind }) => kind === 'send')!;
  expect(sent.text).toContain('"\\u001b\\u007f\\u009b\u00e9"');
});

it('shows bytes as they were sent, whatever becomes of their memory', async () => {
  const world = simulate();
  const server = world.host('server', { boot: ({ net }) => { net.createServer((socket) => socket.on('data', (chunk: Buffer) => chunk.fill(0))).listen(1); } });
  const client = world.host('client').net.connect(1, server.addresses[0]);
  await world.advance(10);
  const sent = Buffer.from('what was sent');
  client.write(sent);
  sent.fill(0);
  await world.advance(10);
  expect(world.timeline.entries.find(({ kind }) => kind === 'send')!.text).toContain('"what was sent"');
});
