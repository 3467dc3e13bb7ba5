import { runInNewContext } from 'node:vm';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { isSystemError, systemError, type SystemErrorFields } from '../src/index.js';

const errors = getSystemErrorMap();
const opened: (net.Server | net.Socket)[] = [];

afterEach(() => {
  for (const one of opened.splice(0)) {
    if (one instanceof net.Server) one.close();
    else one.destroy();
  }
});

function keep<T extends net.Server | net.Socket>(one: T): T {
  opened.push(one);
  return one;
}

async function errorOf(emitter: net.Server | net.Socket): Promise<NodeJS.ErrnoException> {
  const [error] = (await once(keep(emitter), 'error')) as [NodeJS.ErrnoException];
  return error;
}

async function listening(options: net.ListenOptions, onConnection?: (socket: net.Socket) => void): Promise<net.Server> {
  const server = keep(net.createServer(onConnection)).listen(options);
  // once() would reject on an error, which is what a failing environment should do.
  await once(server, 'listening');
  return server;
}

const portOf = (server: net.Server): number => (server.address() as net.AddressInfo).port;

/** Everything a program can see: the message, and the own properties in their order. */
function seen(error: Error): unknown {
  const names = Object.getOwnPropertyNames(error).filter((name) => name !== 'stack');
  const describe = (name: string) => {
    const own = Object.getOwnPropertyDescriptor(error, name)!;
    return [name, own.value as unknown, own.enumerable, own.writable];
  };
  return [error.constructor.name, String(error), error.stack?.split('\n')[0], ...names.map(describe)];
}

/** Ours, once from the number as a driver has it, and once from the code as a simulation has it. */
function expectSame(native: NodeJS.ErrnoException, fields: SystemErrorFields): void {
  expect(seen(systemError({ ...fields, errno: native.errno, errors }))).toEqual(seen(native));
  expect(seen(systemError({ ...fields, code: native.code, errors }))).toEqual(seen(native));
}

describe('systemError makes the error of node:net for', () => {
  it('a refused connection', async () => {
    const server = await listening({ port: 0, host: '127.0.0.1' });
    const endpoint = { address: '127.0.0.1', port: portOf(server), family: 'IPv4' } as const;
    server.close();
    await once(server, 'close');
    expectSame(await errorOf(net.connect(endpoint.port, endpoint.address)), { syscall: 'connect', endpoint });
  });

  it('a refused connection with a near end of its own', async () => {
    const server = await listening({ port: 0, host: '127.0.0.1' });
    const port = portOf(server);
    server.close();
    await once(server, 'close');
    const local = await listening({ port: 0, host: '127.0.0.1' });
    const localPort = portOf(local);
    local.close();
    await once(local, 'close');
    const native = await errorOf(net.connect({ port, host: '127.0.0.1', localAddress: '127.0.0.1', localPort }));
    const near = { address: '127.0.0.1', port: localPort };
    expectSame(native, { syscall: 'connect', endpoint: { address: '127.0.0.1', port, family: 'IPv4' }, local: near });
    expect(native.message).toContain(` - Local (127.0.0.1:${localPort})`);
  });

  it('a path where nobody listens', async () => {
    const path = join(tmpdir(), 'netstrata-nobody', 'x.sock');
    expectSame(await errorOf(net.connect(path)), { syscall: 'connect', endpoint: { path } });
  });

  it('a near end that cannot be bound, with and without a port', async () => {
    const { port } = (await listening({ port: 0, host: '127.0.0.1' })).address() as net.AddressInfo;
    const dial = { port, host: '127.0.0.1', localAddress: '192.0.2.1' };
    expectSame(await errorOf(net.connect({ ...dial, localPort: 4999 })), { syscall: 'bind', address: '192.0.2.1', port: 4999 });
    expectSame(await errorOf(net.connect(dial)), { syscall: 'bind', address: '192.0.2.1', port: 0 });
  });

  it('an address in use, one of them and all of them', async () => {
    const port = portOf(await listening({ port: 0 }));
    expectSame(await errorOf(net.createServer().listen(port)), { syscall: 'listen', endpoint: { port } });
    const host = '127.0.0.1';
    const taken = portOf(await listening({ port: 0, host }));
    expectSame(await errorOf(net.createServer().listen(taken, host)), { syscall: 'listen', endpoint: { address: host, port: taken, family: 'IPv4' } });
  });

  it('an address that is not of this host', async () => {
    const native = await errorOf(net.createServer().listen(0, '192.0.2.1'));
    expectSame(native, { syscall: 'listen', endpoint: { address: '192.0.2.1', port: 0, family: 'IPv4' } });
  });

  it('a path in use, and one that cannot be made', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'netstrata-'));
    const path = join(folder, 'a.sock');
    await listening({ path });
    expectSame(await errorOf(net.createServer().listen(path)), { syscall: 'listen', endpoint: { path } });
    const nowhere = join(folder, 'none', 'a.sock');
    expectSame(await errorOf(net.createServer().listen(nowhere)), { syscall: 'listen', endpoint: { path: nowhere } });
    rmSync(folder, { recursive: true });
  });

  it('a descriptor that is none', async () => {
    expectSame(await errorOf(net.createServer().listen({ fd: 999 })), { syscall: 'listen', address: null });
  });

  it('a reset', async () => {
    const server = await listening({ port: 0 }, (socket) => socket.on('data', () => socket.resetAndDestroy()));
    const socket = net.connect(portOf(server));
    socket.write('x');
    expectSame(await errorOf(socket), { syscall: 'read' });
  });

  it('a write to a peer that is gone', async () => {
    const server = await listening({ port: 0 }, (socket) => socket.destroy());
    const socket = net.connect({ port: portOf(server), allowHalfOpen: true });
    const again = () => socket.write('x', () => setImmediate(again));
    socket.once('end', again).resume();
    const native = await errorOf(socket);
    expectSame(native, { syscall: native.syscall! });
  });
});

describe('systemError', () => {
  it('begins its stack where it was called', () => {
    const error = systemError({ code: 'EPIPE', syscall: 'write' });
    expect(error.stack!.split('\n')[1]).toContain('system-error.test.ts');
  });

  it('keeps a number it cannot name, in the words of Node', () => {
    expect(systemError({ errno: -9999, syscall: 'read', errors }).message).toBe('read Unknown system error -9999');
  });

  it('tells the near end of a connect that failed at once in the message only, as Node does', () => {
    const endpoint = { address: '255.255.255.255', port: 1, family: 'IPv4' } as const;
    const error = systemError({ code: 'ENETUNREACH', syscall: 'connect', endpoint, sockname: { address: '0.0.0.0', port: 0 } });
    expect(error.message).toBe('connect ENETUNREACH 255.255.255.255:1 - Local (0.0.0.0:0)');
    expect(error).not.toHaveProperty('localAddress');
  });

  it('needs no map for what its own table has', () => {
    expect(systemError({ code: 'ECONNREFUSED', syscall: 'connect' })).toMatchObject({ errno: -111, code: 'ECONNREFUSED' });
    expect(systemError({ errno: -32, syscall: 'write' })).toMatchObject({ code: 'EPIPE', message: 'write EPIPE' });
  });

  it('is what isSystemError tells from other errors', () => {
    expect(isSystemError(systemError({ code: 'EPIPE', syscall: 'write' }))).toBe(true);
    for (const other of [null, 'EPIPE', new Error('x'), { code: 'EPIPE', errno: -32, syscall: 'write' }]) expect(isSystemError(other)).toBe(false);
    // Of any realm.
    expect(isSystemError(runInNewContext("Object.assign(new Error('write EPIPE'), { code: 'EPIPE', errno: -32, syscall: 'write' })"))).toBe(true);
    expect(isSystemError(runInNewContext("new Error('x')"))).toBe(false);
  });
});
