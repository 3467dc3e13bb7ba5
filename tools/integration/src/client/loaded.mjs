import { once } from 'node:events';

/** What of ours is loaded, and when: before what puts itself between a socket and its handle, or after it. Nothing in the control. */
const [entry, when] = JSON.parse(process.env.NETSTRATA_LOADED ?? '[]');

/**
 * Loads a tool and lets it do to `node:net` what it does; net-compat before or after it, as this run is about.
 * @template T
 * @param {() => T | Promise<T>} load
 */
export async function loading(load) {
  if (when === 'before') await import(entry);
  const tool = await load();
  if (when === 'after') await import(entry);
  return tool;
}

/** The `net` that a program has beside the tool: net-compat where that was loaded without `register`, `node:net` elsewhere. */
export const besides = async () => (entry === '@netstrata/net-compat' ? (await import(entry)).default : process.getBuiltinModule('net'));

/** What a server of that net gives back to a socket of that net. */
export async function echoed(net, text) {
  const server = net.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.setEncoding('utf8').end(text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  server.close();
  await once(server, 'close');
  return answer;
}
