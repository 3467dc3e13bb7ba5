/**
 * What is measured. A server case has the server's reaction to a connection and what the client does with each; the
 * figure is the server's CPU time for one operation, which does not depend on how fast the client is.
 */

/** @typedef {{ title: string, operation: string, serve?: (socket: import('node:net').Socket) => void, client?: ClientShape, alone?: string }} Case */
/** @typedef {{ kind: 'ask', connections: number, ask: number, answer: number } | { kind: 'churn', atOnce: number } | { kind: 'hold', connections: number } | { kind: 'receive' }} ClientShape */

const small = Buffer.alloc(64, 'a');
const large = Buffer.alloc(65536, 'a');

const echo = (/** @type {import('node:net').Socket} */ socket) => void socket.on('data', (data) => socket.write(data));

/** @type {Record<string, Case>} */
export const cases = {
  'echo-64': { title: 'echo 64 B', operation: 'message', serve: echo, client: { kind: 'ask', connections: 50, ask: 64, answer: 64 } },
  'echo-16k': { title: 'echo 16 KiB', operation: 'message', serve: echo, client: { kind: 'ask', connections: 50, ask: 16_384, answer: 16_384 } },
  'burst-32': {
    title: '32 writes of 64 B in a tick',
    operation: 'burst',
    serve: (socket) => void socket.on('data', () => { for (let i = 0; i < 32; i++) socket.write(small); }),
    client: { kind: 'ask', connections: 50, ask: 1, answer: 32 * 64 },
  },
  'pipe-16k': { title: 'pipe 16 KiB', operation: 'message', serve: (socket) => void socket.pipe(socket), client: { kind: 'ask', connections: 50, ask: 16_384, answer: 16_384 } },
  'bulk-64k': {
    title: 'bulk, writes of 64 KiB',
    operation: 'MiB',
    serve: (socket) => {
      const fill = () => { while (socket.write(large)); };
      socket.on('drain', fill).resume();
      fill();
    },
    client: { kind: 'receive' },
  },
  churn: { title: 'connect, echo 5 B, close', operation: 'connection', serve: echo, client: { kind: 'churn', atOnce: 32 } },
  idle: { title: 'idle connection', operation: 'connection', serve: echo, client: { kind: 'hold', connections: 4000 } },
  'is-ip': { title: 'isIP, valid and invalid', operation: 'call', alone: 'is-ip' },
};

/** Implementations, as modules with the net API. */
export const implementations = { 'node:net': 'node:net', netstrata: '@netstrata/net-compat' };
