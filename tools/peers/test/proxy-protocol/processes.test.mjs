import { fork } from 'node:child_process';
import cluster from 'node:cluster';
import { once } from 'node:events';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { createNet } from '@netstrata/net-compat/core';
import { proxyProtocol } from '@netstrata/transport-proxy-protocol';
import { tcp } from '@netstrata/transport-tcp';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('fixtures/processes.mjs', import.meta.url));
const LINE = 'PROXY TCP4 203.0.113.7 198.51.100.1 40000 443\r\n';

async function answered(socket) {
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

it.each([cluster.SCHED_RR, cluster.SCHED_NONE])('a worker of a cluster (scheduling %d) sees the client', async (policy) => {
  cluster.schedulingPolicy = policy;
  cluster.setupPrimary({ exec: program, execArgv: [] });
  const worker = cluster.fork();
  const [port] = await once(worker, 'message');
  const socket = net.connect(port, '127.0.0.1');
  socket.write(`${LINE}hello`);
  expect(await answered(socket)).toBe('203.0.113.7 hello');
  worker.disconnect();
  await once(worker, 'exit');
});

it('a socket goes to another process with what came with its header, where the program sends that along as the guide says', async () => {
  const child = fork(program, { execArgv: [] });
  const server = createNet({ tcp: proxyProtocol(tcp, { accept: 'required', trust: ['loopback'] }) }).createServer({ pauseOnConnect: true }, (socket) => {
    child.send({ client: socket.remoteAddress, first: socket.read()?.toString('latin1') }, socket);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write(`${LINE}early `);
  await once(server, 'connection');
  socket.end('late');
  expect(await answered(socket)).toBe('203.0.113.7 early late');
  server.close();
});
