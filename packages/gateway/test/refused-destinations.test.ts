import { systemError, type Transport } from '@netstrata/transport';
import { refusedConnection } from '@netstrata/transport/layers';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { connect, errorOf, inet } from './support/dial.js';
import { gatewayFor, tunnelFor } from './support/gateway.js';
import { DATA, frame, RawCarrier, SYN, WINDOW_UPDATE } from './support/raw-carrier.js';
import { echo, target } from './support/targets.js';

const nobody = async (): Promise<number> => {
  const { server, port } = await target(echo);
  await new Promise((resolve) => server.close(resolve));
  return port;
};

describe('what no rule allows is EACCES', () => {
  it('of an address, and nobody is dialled', async () => {
    const { port, server } = await target(echo);
    const { url, log } = await gatewayFor();
    expect(await errorOf(tunnelFor(url), inet(port))).toMatchObject({ code: 'EACCES', syscall: 'connect', address: '127.0.0.1', port });
    expect(await log.seen(/refused/)).toBe(`stream refused 127.0.0.1 127.0.0.1:${port} unlisted`);
    expect(await new Promise((resolve) => { server.getConnections((_, count) => { resolve(count); }); })).toBe(0);
  });

  it('of a name, and nobody is asked for it', async () => {
    const asked: string[] = [];
    const { url, log } = await gatewayFor({ allow: ['10.0.0.0/8'], lookup: (host, _, done) => { asked.push(host); done(null, []); } });
    expect(await errorOf(tunnelFor(url), { host: 'db.internal', port: 80 })).toMatchObject({ code: 'EACCES', address: 'db.internal' });
    expect(await log.seen(/refused/)).toBe('stream refused 127.0.0.1 db.internal:80 unlisted');
    expect(asked).toEqual([]);
  });

  it('of a name that leads where it may not', async () => {
    const { url, log } = await gatewayFor({ allow: ['www.example.com'], lookup: (_, __, done) => { done(null, [{ address: '127.0.0.1', family: 4 }]); } });
    expect(await errorOf(tunnelFor(url), { host: 'www.example.com', port: 80 })).toMatchObject({ code: 'EACCES', address: 'www.example.com' });
    expect(await log.seen(/refused/)).toBe('stream refused 127.0.0.1 www.example.com:80 unlisted');
  });

  it.each(['0x7f.1', '2130706433', '0177.0.0.1', '127.0.0.1.', '-x', 'x..y'])('of text that is no name: %s', async (host) => {
    const asked: string[] = [];
    const { url, log } = await gatewayFor({ allow: ['*', 'loopback'], lookup: (name, _, done) => { asked.push(name); done(null, []); } });
    expect(await errorOf(tunnelFor(url), { host, port: 80 })).toMatchObject({ code: 'EACCES' });
    expect(await log.seen(/refused/)).toBe(`stream refused 127.0.0.1 ${host}:80 unlisted`);
    expect(asked).toEqual([]);
  });

  it('of what is no request: that is malformed, and nobody is dialled', async () => {
    const { url, log } = await gatewayFor({ allow: ['127.0.0.1'] });
    const carrier = (await RawCarrier.to(url)).read();
    const [nonsense, associate] = [Buffer.from('GET / HTTP/1.1'), Buffer.from([5, 1, 0, 5, 3, 0, 1, 127, 0, 0, 1, 0, 80])];
    await carrier.say(frame(WINDOW_UPDATE, SYN, 1, 0), frame(DATA, 0, 1, nonsense.length, nonsense));
    expect(await log.seen(/refused/)).toBe('stream refused 127.0.0.1 undefined:undefined malformed');
    await carrier.say(frame(WINDOW_UPDATE, SYN, 3, 0), frame(DATA, 0, 3, associate.length, associate));
    expect(await log.seen(/refused .*:80/)).toBe('stream refused 127.0.0.1 127.0.0.1:80 malformed');
  });

  it('of a name to listen on, and nobody is asked for it', async () => {
    const asked: string[] = [];
    const { url } = await gatewayFor({ listen: ['0.0.0.0/0'], lookup: (name, _, done) => { asked.push(name); done(null, []); } });
    const error = await new Promise((resolve) => {
      tunnelFor(url).listen({ host: 'secret.internal', port: 0 }, { onListening() {}, onConnection() {}, onAcceptError() {}, onClose: resolve });
    });
    expect([error, asked]).toMatchObject([{ code: 'ENOTFOUND', syscall: 'listen' }, []]);
  });

  it('but of localhost, which is known', async () => {
    const { url } = await gatewayFor({ listen: ['127.0.0.1'] });
    const local = await new Promise((resolve, reject) => {
      const listener = tunnelFor(url).listen({ host: 'localhost', port: 0 }, { onListening: () => { resolve(listener.local); }, onConnection() {}, onAcceptError() {}, onClose: reject });
    });
    expect(local).toMatchObject({ address: '127.0.0.1' });
  });

  it('of a port to listen on', async () => {
    const { url, log } = await gatewayFor({ listen: ['127.0.0.1:1'] });
    const error = await new Promise((resolve) => {
      tunnelFor(url).listen(inet(8080), { onListening() {}, onConnection() {}, onAcceptError() {}, onClose: resolve });
    });
    expect(error).toMatchObject({ code: 'EACCES', syscall: 'listen', port: 8080 });
    expect(await log.seen(/refused/)).toBe('stream refused 127.0.0.1 127.0.0.1:8080 unlisted');
  });
});

describe('a dial that fails there fails here with the same errno', () => {
  it('ECONNREFUSED', async () => {
    const { url, log } = await gatewayFor({ allow: ['127.0.0.1'] });
    const port = await nobody();
    expect(await errorOf(tunnelFor(url), inet(port))).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port });
    expect(await log.seen(/refused/)).toBe(`stream refused 127.0.0.1 127.0.0.1:${port} failed`);
  });

  it('EHOSTUNREACH, also of a name: that is known', async () => {
    const over: Transport = {
      ...tcp, name: 'unreachable', capabilities: tcp.capabilities,
      connect: (endpoint, sink) => refusedConnection(sink, systemError({ code: 'EHOSTUNREACH', syscall: 'connect', endpoint }), endpoint),
    };
    const { url } = await gatewayFor({ allow: ['dead.internal=10.0.0.9'], over, lookup: (_, __, done) => { done(null, [{ address: '10.0.0.9', family: 4 }]); } });
    expect(await errorOf(tunnelFor(url), { host: 'dead.internal', port: 80 })).toMatchObject({ code: 'EHOSTUNREACH', address: 'dead.internal', port: 80 });
  });

  it('ENOTFOUND', async () => {
    const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND', syscall: 'getaddrinfo', errno: -3008 });
    const { url, log } = await gatewayFor({ allow: ['*.internal'], lookup: (_, __, done) => { done(notFound, []); } });
    expect(await errorOf(tunnelFor(url), { host: 'no.internal', port: 80 })).toMatchObject({ code: 'ENOTFOUND', address: 'no.internal' });
    expect(await log.seen(/refused/)).toBe('stream refused 127.0.0.1 no.internal:80 unresolved');
  });
});

it('a connection that stands tells where both of its ends are, also of a name', async () => {
  const { port } = await target(echo);
  const { url, log } = await gatewayFor({ allow: ['localhost'] });
  const { connection, stream } = await connect(tunnelFor(url), { host: 'localhost', port });
  expect(connection.remote).toEqual(inet(port));
  expect(connection.local).toMatchObject({ address: '127.0.0.1', family: 'IPv4' });
  stream.end('five!');
  await new Promise((resolve) => stream.on('end', resolve).resume());
  expect(await log.seen(/closed/)).toBe(`stream closed 127.0.0.1 localhost:${port} received 5 sent 5`);
  expect(log.lines).toContain(`stream opened 127.0.0.1 localhost:${port} at 127.0.0.1`);
});
