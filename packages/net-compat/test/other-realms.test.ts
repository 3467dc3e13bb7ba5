import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { BlockList, connect, createServer, Socket } from '../src/index.js';

/** As under jest, and in a context of vm. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what it gives is what the caller says
const foreign = <T>(code: string): T => runInNewContext(code) as T;

it('values of another realm are what they are: options, bytes, functions, errors, signals, answers of a resolver', async () => {
  const server = createServer(foreign<object>('({ noDelay: true, keepAlive: true })'), (peer) => peer.pipe(peer));
  server.listen(foreign<object>("({ port: 0, host: '127.0.0.1' })"));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const onread = foreign<{ buffer: Uint8Array; got: string }>(`
    const taken = { got: '', buffer: new Uint8Array(4), callback: (size, bytes) => { taken.got += String.fromCharCode(...bytes.subarray(0, size)); } };
    taken;
  `);
  const lookup = foreign<() => void>("(host, { all }, answer) => answer(null, all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4)");
  const socket = new Socket({ onread } as object);
  socket.connect({ port, host: 'somewhere', lookup });
  socket.write(foreign<Uint8Array>('new Uint8Array([104, 101, 108])'));
  socket.write(foreign<Uint8Array>('new DataView(new Uint8Array([108, 111]).buffer)'));
  socket.end(foreign<Uint8Array>('new Uint16Array([0x2121])'));
  await once(socket, 'close');
  expect(onread.got).toBe('hello!!');

  const error = foreign<Error>("new Error('theirs')");
  const failing = connect(port, '127.0.0.1');
  failing.destroy(error);
  expect(await once(failing, 'error')).toEqual([error]);

  const signal = foreign<AbortSignal & { fire(): void }>(`
    const listeners = [];
    const signal = { aborted: false, reason: 'theirs', addEventListener: (_event, listener) => { listeners.push(listener); }, removeEventListener() {} };
    signal.fire = () => { signal.aborted = true; for (const listener of listeners) listener.handleEvent?.() ?? listener(); };
    signal;
  `);
  const aborted = new Socket({ signal });
  const failure = once(aborted, 'error');
  signal.fire();
  const [reason] = (await failure) as [Error];
  expect(reason.cause).toBe('theirs');

  const list = new BlockList();
  list.addAddress('127.0.0.1');
  const blocked = connect(foreign<{ port: number; host: string }>(`({ port: ${port}, host: '127.0.0.1' })`));
  Object.assign(blocked, { blockList: list });
  expect(((await once(blocked, 'error')) as [NodeJS.ErrnoException])[0].code).toBe('ERR_IP_BLOCKED');
  await once(server.close(), 'close');
});
