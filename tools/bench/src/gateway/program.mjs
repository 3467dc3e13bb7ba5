// A gateway as a process of its own, which ends with who has started it. Asked to, it collects garbage and tells its resident memory.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGateway } from '@netstrata/gateway';

const server = createServer();
const most = 1_000_000;
const gateway = createGateway({
  server,
  allow: ['127.0.0.1'],
  limits: { carriers: most, streams: most, clientCarriers: most, clientStreams: most },
});

/** Resident memory in bytes, as the kernel counts it. */
const resident = () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;

process.on('message', () => {
  /** @type {{ gc?: () => void }} */ (globalThis).gc?.();
  setImmediate(() => process.send?.({ resident: resident(), carriers: gateway.carriers, streams: gateway.streams }));
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send?.({ port: /** @type {import('node:net').AddressInfo} */ (server.address()).port }));
