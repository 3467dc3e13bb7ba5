import { EventEmitter, getEventListeners, once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';

const known = Object.getOwnPropertyDescriptor(EventEmitter, 'addAbortListener')!;

afterEach(() => {
  Object.defineProperty(EventEmitter, 'addAbortListener', known);
  vi.resetModules();
});

/** As in a browser, whose `events` is a package. */
async function withoutNodes(): Promise<typeof import('../src/index.js')> {
  Reflect.deleteProperty(EventEmitter, 'addAbortListener');
  vi.resetModules();
  return import('../src/index.js');
}

it("a listener that stops the event of a signal keeps the abort from nobody, also without Node's way to hear of it", async () => {
  const { createServer, Socket } = await withoutNodes();
  const controller = new AbortController();
  const { signal } = controller;
  signal.addEventListener('abort', (event) => { event.stopImmediatePropagation(); });
  const socket = new Socket({ signal });
  const server = createServer().listen({ port: 0, host: '127.0.0.1', signal });
  const over = Promise.all([once(socket, 'error'), once(server, 'close')]);
  await once(server, 'listening');
  controller.abort();
  const [[error]] = (await over) as [[NodeJS.ErrnoException], unknown];
  expect(error.code).toBe('ABORT_ERR');
});

it('a socket that is over has no listener on a signal, and a signal that only looks like one is heard', async () => {
  const { Socket } = await withoutNodes();
  const { signal } = new AbortController();
  const socket = new Socket({ signal });
  socket.destroy();
  await once(socket, 'close');
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);

  const target = Object.assign(new EventTarget(), { aborted: false, reason: 'mine' });
  const other = new Socket({ signal: target as unknown as AbortSignal });
  target.dispatchEvent(new Event('abort'));
  const [error] = (await once(other, 'error')) as [Error];
  expect(error.cause).toBe('mine');
});
