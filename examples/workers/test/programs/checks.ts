import { createNet, type Net, type Socket } from '@netstrata/net-compat/core';
import { overSockets, type Dial } from '../../src/index.js';

/** What a check is told, by the query of the request that asks for it. */
interface Asked {
  readonly host: string;
  readonly port: number;
  readonly net: Net;
}

/** What a socket told: chunks as one text, the other events by their names, and the error. */
export interface Seen {
  readonly events: readonly string[];
  readonly text: string;
  readonly error: Record<string, unknown> | null;
}

const KEYS = ['message', 'code', 'errno', 'syscall', 'address', 'port'];

/** All that comes of a socket. */
function watch(socket: Socket): Promise<Seen> {
  const events: string[] = [];
  let text = '';
  let error: Record<string, unknown> | null = null;
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => { text += chunk; });
  for (const event of ['connect', 'end', 'finish', 'timeout', 'error']) socket.on(event, () => events.push(event));
  socket.on('error', (thrown) => {
    error = Object.fromEntries(KEYS.map((key) => [key, (thrown as unknown as Record<string, unknown>)[key]]));
    error.cause = String(thrown.cause);
  });
  return new Promise((resolve) => socket.on('close', () => { resolve({ events, text, error }); }));
}

const MEGABYTES = 4;

/** Each makes sockets in this runtime, and tells what they saw. */
const checks: Record<string, (asked: Asked) => Promise<unknown>> = {
  /** Says something, is answered, and ends. */
  echo({ net, host, port }) {
    const socket = net.connect(port, host);
    socket.once('data', () => socket.end());
    socket.write('hello');
    return watch(socket);
  },

  /** Ends its side first, and waits for the other. */
  ending({ net, host, port }) {
    return watch(net.connect(port, host).end('a question'));
  },

  /** The other side ends first. This one still has something to say, once it was told. */
  outlasting({ net, host, port }) {
    const socket = net.connect({ port, host, allowHalfOpen: true });
    socket.on('end', () => socket.end('still here'));
    return watch(socket);
  },

  /** Writes as long as there is room, and goes on after 'drain'. */
  async much({ net, host, port }) {
    const socket = net.connect(port, host);
    const seen = watch(socket);
    let drains = 0;
    let most = 0;
    for (let i = 0; i < MEGABYTES * 16; i++) {
      const hasRoom = socket.write(new Uint8Array(65_536).fill(i));
      most = Math.max(most, socket.writableLength);
      if (hasRoom) continue;
      drains++;
      await new Promise((resolve) => socket.once('drain', resolve));
    }
    socket.end();
    return { ...(await seen), drains, most };
  },

  /** As many connections at once. */
  many({ net, host, port }) {
    return Promise.all(Array.from({ length: 20 }, (_, i) => watch(net.connect(port, host).end(`number ${i}`))));
  },

  /** Is destroyed when it is connected, with more under way than the other side takes. */
  async destroyed({ net, host, port }) {
    const socket = net.connect(port, host);
    const seen = watch(socket);
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(new Uint8Array(16_777_216));
    socket.destroy();
    return seen;
  },

  /** Is destroyed; then another one is told when the other side has noticed. */
  async released({ net, host, port }) {
    const socket = net.connect(port, host);
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.destroy();
    return watch(net.connect(port, host));
  },

  /** Is destroyed before it is connected. */
  abandoned({ net, host, port }) {
    return watch(net.connect(port, host).destroy());
  },

  /** Waits until nothing comes for a while, and is destroyed. */
  idle({ net, host, port }) {
    const socket = net.connect(port, host);
    socket.setTimeout(20, () => socket.destroy());
    return watch(socket);
  },

  /** Where it is, and where the other side, as it says of itself. */
  async placed({ net, host, port }) {
    const socket = net.connect(port, host);
    await new Promise((resolve) => socket.once('connect', resolve));
    const { localAddress, localPort, remoteAddress, remotePort } = socket;
    socket.destroy();
    return { local: [localAddress, typeof localPort], remote: [remoteAddress, remotePort] };
  },

  /** Only looks on. */
  watching({ net, host, port }) {
    return watch(net.connect(port, host));
  },
};

/** Answers a request for a check, over the sockets of a runtime. */
export async function answer(request: Request, dial: Dial): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const net = createNet({ tcp: overSockets(dial) });
  const check = checks[pathname.slice(1)];
  return Response.json(await check({ net, host: searchParams.get('host')!, port: Number(searchParams.get('port')) }));
}
