// In a project where net-compat is newer than the rest, so that stream-core and net-compat are there twice: what passes between the copies works.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const here = createRequire(join(process.cwd(), 'project.js'));
const asOf = (name) => createRequire(here.resolve(name));
const old = here('@netstrata/stream-core');
const net = here('@netstrata/net-compat');
const young = asOf('@netstrata/net-compat')('@netstrata/stream-core');
assert.notEqual(old.Duplex, young.Duplex, 'there is one copy only');
assert.equal(old.generation, undefined);
assert.equal(young.generation, 2);

/** All that comes until the end. */
async function text(stream) {
  const parts = [];
  for await (const chunk of stream) parts.push(chunk);
  return String(Buffer.concat(parts));
}

// `instanceof`, both ways.
const [one, other] = old.duplexPair();
const [near, far] = young.duplexPair();
assert.ok(one instanceof young.Duplex);
assert.ok(near instanceof old.Duplex);
assert.ok(!({} instanceof old.Duplex));

// pipe, in both directions, more than any buffer holds.
const long = 'a stream of one copy into a stream of another, '.repeat(40_000);
other.pipe(near);
near.pipe(other);
one.end(long);
far.end('and back');
assert.deepEqual(await Promise.all([text(far), text(one)]), [long, 'and back']);

// Sockets of the new net, with streams, readers and a transport of the old copy.
const { reader } = here('@netstrata/stream-core/reader');
const { tcp } = here('@netstrata/transport-tcp');
const { createNet } = here('@netstrata/net-compat/core');
const server = net.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
await once(server, 'listening');
for (const connect of [net.connect, createNet({ tcp }).connect]) {
  const socket = connect({ port: server.address().port, host: '127.0.0.1' });
  assert.ok(socket instanceof old.Duplex && socket instanceof young.Duplex && socket instanceof net.Socket);
  socket.end('a line\r\nand the rest');
  const lines = reader(socket);
  assert.equal(await lines.readLine(), 'a line');
  lines.release();
  const [into, outOf] = old.duplexPair();
  socket.pipe(into);
  assert.equal(await text(outOf), 'and the rest');
}
server.close();

// A world of the old simulation has sockets of the old net.
const { simulate } = here('@netstrata/simulation');
const world = simulate();
const [isSocket, answer] = await world.run(async (scene) => {
  scene.host('server', '10.0.0.1', { boot: (host) => host.net.createServer((socket) => socket.end('from a world')).listen(7) });
  const socket = scene.host('client', '10.0.0.2').net.connect(7, 'server');
  return [socket instanceof net.Socket && socket instanceof young.Duplex, await text(socket)];
});
assert.deepEqual([isSocket, answer], [true, 'from a world']);
console.log('two copies work together');
