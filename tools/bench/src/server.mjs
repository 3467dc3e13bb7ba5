// One server in a separate process: server.mjs MODULE CASE ADDRESS, where ADDRESS is the path of a UNIX socket or empty.
// Runs on Node, Bun and Deno. It answers lines on stdin ("cpu", "memory") with a line of JSON each.
import { cases } from './cases.mjs';

const [moduleName, caseName, address] = process.argv.slice(2);
const { default: plain } = await import(moduleName);
const { serve, upstream, options, layer } = /** @type {import('./cases.mjs').Served} */ (cases[caseName]);

const say = (/** @type {object} */ message) => void process.stdout.write(`${JSON.stringify(message)}\n`);

/** @param {any} net @param {string} path @param {(socket: import('node:net').Socket) => void} accept @returns {Promise<{ path: string } | { port: number, host: string }>} */
function listen(net, path, accept) {
  const server = net.createServer({ noDelay: true, ...options }, (/** @type {import('node:net').Socket} */ socket) => {
    socket.on('error', () => {});
    accept(socket);
  });
  const where = path ? { path } : { port: 0, host: '127.0.0.1' };
  return new Promise((resolve) => {
    server.listen({ ...where, backlog: 2048 }, () => resolve(path ? { path } : { port: server.address().port, host: '127.0.0.1' }));
  });
}

// On node:net there are no layers.
const layered = layer && moduleName !== 'node:net' ? await import(`./layers/${layer}.mjs`) : null;
const behind = upstream && (await listen(plain, address && `${address}.upstream`, layered?.upstream?.(upstream) ?? upstream));
const net = layered?.netOver(behind) ?? plain;
const dial = () => net.connect({ ...behind, noDelay: true }).on('error', () => {});
const at = await listen(layered?.dialsOnly ? plain : net, address, (socket) => serve(socket, dial));

const { Bun, gc } = /** @type {any} */ (globalThis);
const collect = () => (Bun ? Bun.gc(true) : gc());

/** @type {Record<string, () => object>} */
const answers = {
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return { user, all: user + system };
  },
  memory: () => {
    for (let i = 0; i < 3; i++) collect();
    return { bytes: process.memoryUsage().rss };
  },
};

process.stdin.on('data', (line) => say(answers[String(line).trim()]())).on('end', () => process.exit());
say({ listening: 'path' in at ? at.path : String(at.port) });
