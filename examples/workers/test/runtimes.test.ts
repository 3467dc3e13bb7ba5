import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net, { type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { binary, unavailable, type Runtime } from '../../../tools/runtimes/binaries.mjs';
import type { Seen } from './programs/checks.js';
import { places, type Serving } from './support/runtimes.js';

/** What the runtime can tell of a failure, beyond its code. */
const SILENT = ['workerd', 'workerd without Node’s modules'];

function reason(runtime: Runtime): string | null {
  return unavailable() ?? (binary(runtime) === null ? `not installed: npm run runtime ${runtime}` : null);
}

const opened: net.Server[] = [];
const accepted: Socket[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
  for (const socket of accepted.splice(0)) socket.destroy();
});

/** A server of this process. Where it listens, and what came of all its connections, once they are closed. */
async function serve(accept: (socket: Socket) => void): Promise<{ port: number; closed: () => Promise<(string | undefined)[]> }> {
  const closed: Promise<string | undefined>[] = [];
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    let code: string | undefined;
    socket.on('error', (error: NodeJS.ErrnoException) => (code = error.code));
    closed.push(new Promise((resolve) => socket.on('close', () => { resolve(code); })));
    accepted.push(socket);
    accept(socket);
  });
  opened.push(server.listen(0, '127.0.0.1'));
  const first = once(server, 'connection');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, closed: () => first.then(() => Promise.all(closed)) };
}

/** A port of this machine on which nobody listens. */
async function nobody(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

const echo = (socket: Socket): void => void socket.pipe(socket);

describe.each(places)('the sockets of $name', (place) => {
  const { name, needs } = place;
  const skip = reason(needs);
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-workers-'));
  let serving: Serving | undefined;

  beforeAll(async () => {
    if (skip === null) serving = await place.start(folder);
  });
  afterAll(async () => {
    await serving?.stop();
    rmSync(folder, { recursive: true });
  });

  const test = it.skipIf(skip !== null);
  const title = (text: string): string => (skip === null ? text : `${text} (skipped: ${skip})`);

  async function ask<T = Seen>(check: string, port: number, host = '127.0.0.1'): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${serving!.port}/${check}?host=${host}&port=${port}`);
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as T;
  }

  test(title('carry an echo, to an address and to a name'), async () => {
    const { port, closed } = await serve(echo);
    const told = { events: ['connect', 'finish', 'end'], text: 'hello', error: null };
    expect([await ask('echo', port), await ask('echo', port, 'localhost')]).toEqual([told, told]);
    expect(await closed()).toEqual([undefined, undefined]);
  });

  test(title('carry megabytes, no faster than the other end takes them'), async () => {
    const { port } = await serve(echo);
    const { text, error, drains, most } = await ask<Seen & { drains: number; most: number }>('much', port);
    expect(error).toBeNull();
    const bytes = Buffer.from(text, 'latin1');
    expect(bytes.equals(Buffer.concat(Array.from({ length: 64 }, (_, i) => Buffer.alloc(65_536, i))))).toBe(true);
    expect(drains).toBeGreaterThan(10);
    expect(most).toBeLessThanOrEqual(2 * 65_536);
  });

  test(title('keep connections apart'), async () => {
    const { port } = await serve(echo);
    const all = await ask<Seen[]>('many', port);
    expect(all.map(({ text, error }) => [text, error])).toEqual(all.map((_, i) => [`number ${i}`, null]));
  });

  test(title('end their side, and still receive'), async () => {
    let question = '';
    const { port, closed } = await serve((socket) => {
      socket.on('data', (chunk) => (question += String(chunk))).on('end', () => socket.end('the answer after it'));
    });
    expect(await ask('ending', port)).toEqual({ events: ['connect', 'finish', 'end'], text: 'the answer after it', error: null });
    expect(await closed()).toEqual([undefined]);
    expect(question).toBe('a question');
  });

  test(title('still send when the other side has ended'), async () => {
    let last = '';
    const { port, closed } = await serve((socket) => {
      socket.on('data', (chunk) => (last += String(chunk))).end('bye');
    });
    expect(await ask('outlasting', port)).toEqual({ events: ['connect', 'end', 'finish'], text: 'bye', error: null });
    expect(await closed()).toEqual([undefined]);
    expect(last).toBe('still here');
  });

  test(title('end with the other side, when they are not to outlast it'), async () => {
    const { port, closed } = await serve((socket) => socket.resume().end('bye'));
    expect(await ask('watching', port)).toEqual({ events: ['connect', 'end', 'finish'], text: 'bye', error: null });
    expect(await closed()).toEqual([undefined]);
  });

  test(title('are refused with the error of a system, where nobody listens'), async () => {
    const port = await nobody();
    const { events, error } = await ask('watching', port);
    expect(events).toEqual(['error']);
    const message = `connect ECONNREFUSED 127.0.0.1:${port}`;
    expect(error).toMatchObject({ message, code: 'ECONNREFUSED', errno: -111, syscall: 'connect', address: '127.0.0.1', port });
    expect(error!.cause).toMatch(SILENT.includes(name) ? 'cannot connect to the specified address' : 'Connection refused');
  });

  test(title('fail to find a name that nobody knows'), async () => {
    const { events, error } = await ask('watching', 7, 'nobody.invalid');
    expect(events).toEqual(['error']);
    const code = SILENT.includes(name) ? 'ECONNREFUSED' : 'ENOTFOUND';
    const message = `connect ${code} nobody.invalid:7`;
    expect(error).toMatchObject({ message, code, syscall: 'connect', address: 'nobody.invalid', port: 7 });
  });

  test(title('fail with a reset, which is no end'), async () => {
    const { port } = await serve((socket) => void socket.resume().once('end', () => socket.resetAndDestroy()));
    const { events, text, error } = await ask('ending', port);
    expect([events, text]).toEqual([['connect', 'finish', 'error'], '']);
    expect(error).toMatchObject({ message: 'read ECONNRESET', code: 'ECONNRESET', errno: -104, syscall: 'read' });
    expect(error!.cause).toMatch(SILENT.includes(name) ? 'Network connection lost' : 'Connection reset');
  });

  test(title('are released when they are destroyed, with more under way than the other side takes'), async () => {
    const stopped: Socket[] = [];
    const { port, closed } = await serve((socket) => void stopped.push(socket.pause()));
    expect(await ask('destroyed', port)).toEqual({ events: ['connect'], text: '', error: null });
    const released = closed();
    while (stopped.length === 0) await once(opened[0], 'connection');
    stopped[0].resume().on('end', () => stopped[0].end());
    expect(await released).toHaveLength(1);
    expect(stopped[0].bytesRead).toBeLessThan(16_777_216);
  });

  test(title('are released when they are destroyed, and not only when the request is over'), async () => {
    const sockets: Socket[] = [];
    const { port } = await serve((socket) => {
      if (sockets.push(socket.resume()) === 1) return;
      const [first] = sockets;
      const tell = (): void => void socket.end('released');
      // Until that is refused, there is somebody.
      const more = (): void => void first.write('more', (error) => {
        if (!error) setImmediate(more);
      });
      if (first.destroyed) tell();
      else first.on('close', tell);
      more();
    });
    expect(await ask('released', port)).toMatchObject({ text: 'released', error: null });
  });

  test(title('are released when they are destroyed while they connect'), async () => {
    const { port } = await serve((socket) => socket.resume().on('end', () => socket.end()));
    expect(await ask('abandoned', port)).toEqual({ events: [], text: '', error: null });
    await once(opened.pop()!.close(), 'close');
  });

  it.skipIf(skip !== null || name !== 'Deno')('fail with EACCES where the program may not go', async () => {
    const { error } = await ask('watching', 7, '127.0.0.2');
    expect(error).toMatchObject({ message: 'connect EACCES 127.0.0.2:7', code: 'EACCES', errno: -13 });
  });

  test(title('notice that nothing comes'), async () => {
    const { port, closed } = await serve((socket) => socket.resume().on('end', () => socket.end()));
    expect(await ask('idle', port)).toEqual({ events: ['connect', 'timeout'], text: '', error: null });
    expect(await closed()).toEqual([undefined]);
  });

  test(title('know where they are, as far as they are told'), async () => {
    const { port } = await serve((socket) => socket.resume().on('end', () => socket.end()));
    const local = SILENT.includes(name) ? [null, 'undefined'] : ['127.0.0.1', 'number'];
    expect(await ask('placed', port)).toEqual({ local, remote: ['127.0.0.1', port] });
    const remote = SILENT.includes(name) ? [null, null] : ['127.0.0.1', port];
    expect(await ask('placed', port, 'localhost')).toEqual({ local, remote });
  });

  test(title('write nothing into the log'), () => {
    expect(serving!.output()).not.toContain('NET:');
  });
});
