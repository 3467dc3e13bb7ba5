import { cpuOf, echoServer, listening, memory, memoryOfEach, steadyCpuOf } from './tools.mjs';

const AGAIN = 100;
const CHURN = 200;

/**
 * @param {typeof import('node:net')} net @param {number} size @param {import('./peer.mjs').Peer} peer
 * @param {import('../program.mjs').Times} times
 */
export async function measure(net, size, peer, times) {
  const [often, churns] = [times(AGAIN), times(CHURN)];
  const again = async () => {
    for (let i = 0; i < often; i++) {
      const server = net.createServer();
      await listening(server);
      await closed(server);
    }
  };
  for (let i = 0; i < 4; i++) await again();
  const warm = await echoServer(net);
  await peer.ask({ what: 'churn', port: warm.port, count: 5 * churns });
  await closed(warm.server);

  const before = await memory();
  const servers = [];
  for (let i = 0; i < size; i++) servers.push(await echoServer(net));
  const each = memoryOfEach(before, await memory(), size);
  const listen = await steadyCpuOf(often, again);
  const { port } = servers[size >> 1];
  const accept = await steadyCpuOf(churns, () => peer.ask({ what: 'churn', port, count: churns }));
  const close = await cpuOf(size, () => Promise.all(servers.map(({ server }) => closed(server))));
  return { listen, accept, close, ...each };
}

/** @param {import('node:net').Server} server */
const closed = (server) => new Promise((resolve) => server.close(resolve));
