import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AcceptOptions, Refusal } from '../src/server/index.js';
import { asProtocol } from '../src/wire/token.js';
import { frame, openClient, rawClient, requestOf, statusOf } from './support/raw-client.js';
import { serve } from './support/served.js';

type Headers = Record<string, string>;

async function statusFor(options: AcceptOptions, headers: Headers, path = '/'): Promise<number> {
  const { port } = await serve(options);
  const client = await rawClient(port);
  client.socket.write(requestOf(port, { headers, path }));
  await client.until((received) => received.includes('\r\n\r\n'));
  return statusOf(client.received());
}

describe('origins', () => {
  const cases: readonly (readonly [string, AcceptOptions['origins'], (host: string) => string | null, number])[] = [
    ['no page, whatever is allowed', ['https://example.com'], () => null, 101],
    ['a page of the same host', undefined, (host) => `http://${host}`, 101],
    ['a page of the same host by TLS, which ends before the server', undefined, (host) => `https://${host}`, 101],
    ['a page of another port', undefined, () => 'http://127.0.0.1:1', 403],
    ['a page of another host', undefined, () => 'http://example.com', 403],
    ['a host that begins the same', undefined, (host) => `http://${host}.example.com`, 403],
    ['a page of nowhere', undefined, () => 'null', 403],
    ['what is no origin', undefined, (host) => `http://user@${host}/`, 403],
    ['a page that is named', ['https://example.com', 'https://other.example'], () => 'https://other.example', 101],
    ['a page of the same host that is not named', ['https://example.com'], (host) => `http://${host}`, 403],
    ['a page that is not named', ['https://example.com'], () => 'https://example.com.evil.example', 403],
    ['a page of another scheme', ['https://example.com'], () => 'http://example.com', 403],
    ['any page, where all may', ['*'], () => 'https://example.net', 101],
  ];
  it.each(cases)('%s', async (_what, origins, originFor, status) => {
    const { port } = await serve({ origins });
    const client = await rawClient(port);
    const origin = originFor(`127.0.0.1:${port}`);
    client.socket.write(requestOf(port, { headers: origin === null ? {} : { Origin: origin } }));
    await client.until((received) => received.includes('\r\n\r\n'));
    expect(statusOf(client.received())).toBe(status);
  });

  it('two at once are none', async () => {
    const { port } = await serve({ origins: ['https://example.com'] });
    const client = await rawClient(port);
    client.socket.write(requestOf(port, { headers: { Origin: 'https://example.com', origin: 'https://example.com' } }));
    await client.until((received) => received.includes('\r\n\r\n'));
    expect(statusOf(client.received())).toBe(403);
  });
});

describe('tokens', () => {
  const token = 'a secret ü';
  const bearer = (text: string): Headers => ({ Authorization: `Bearer ${text}` });
  const cases: readonly (readonly [string, AcceptOptions['token'], Headers, number])[] = [
    ['the right one in a header', 'secret', bearer('secret'), 101],
    ['one of several', ['one', 'two'], bearer('two'), 101],
    ['the right one in a subprotocol', token, { 'Sec-WebSocket-Protocol': `netstrata.1, ${asProtocol(token)}` }, 101],
    ['a part of it', 'secret', bearer('secre'), 401],
    ['another one', 'secret', bearer('secreT'), 401],
    ['none', 'secret', {}, 401],
    ['an empty one in a subprotocol', 'secret', { 'Sec-WebSocket-Protocol': 'netstrata.token.' }, 401],
    ['another scheme', 'secret', { Authorization: 'Basic secret' }, 401],
    ['another scheme, for a proxy, beside the right one in a subprotocol', 'secret', { Authorization: 'Basic eDp5', 'Sec-WebSocket-Protocol': asProtocol('secret') }, 101],
    ['two headers, of which one is right', 'secret', { Authorization: 'Bearer secret', authorization: 'Bearer other' }, 401],
    ['one that a function admits', () => 'someone', {}, 101],
    ['one that a function admits later', () => Promise.resolve({ sub: 'someone' }), {}, 101],
    ['one that a function refuses', () => false, bearer('x'), 401],
    ['one that a function says nothing of', () => undefined, bearer('x'), 401],
    ['one at which a function throws', () => { throw new Error('secret'); }, bearer('x'), 401],
    ['one at which a promise rejects', () => Promise.reject(new Error('secret')), bearer('x'), 401],
    ['one that a promise refuses', () => Promise.resolve(null), bearer('x'), 401],
  ];
  it.each(cases)('%s', async (_what, expected, headers, status) => {
    expect(await statusFor({ token: expected }, headers)).toBe(status);
  });

  it('are in no fact, no answer and no refusal', async () => {
    const refusals: Refusal[] = [];
    const served = await serve({ token: ['secret', 'other'], onRefused: (refusal) => void refusals.push(refusal) });
    const admitted = await openClient(served.port, { headers: { ...bearer('secret'), Cookie: 'session=secret', 'X-Forwarded-For': '192.0.2.1' } });
    const { connection } = await served.accepted();
    expect(connection.facts?.webSocket?.headers['x-forwarded-for']).toBe('192.0.2.1');
    const offered = await openClient(served.port, { headers: { 'Sec-WebSocket-Protocol': `${asProtocol('other')}, mine` } });
    const second = await served.accepted();
    expect(second.connection.facts?.webSocket?.protocol).toBe('mine');
    const refused = await openClient(served.port, { headers: bearer('wrong-secret') });
    const told = [connection.facts, second.connection.facts, refusals, ...[admitted, offered, refused].map((client) => client.received().toString())];
    expect(JSON.stringify(told)).not.toMatch(/secret|token\./);
    expect(refusals).toEqual([{ status: 401, reason: 'A valid token is needed', remoteAddress: '127.0.0.1' }]);
  });
});

describe('a limit', () => {
  it('is asked last, of those who are admitted, and says with which status there is no room', async () => {
    const asked: unknown[] = [];
    const { port } = await serve({
      token: (token) => token,
      limit(claims) {
        asked.push(claims);
        return claims === 'one too many' ? { status: 429, reason: 'zu viele Plätze' } : null;
      },
    });
    const ask = (token: string) => openClient(port, { headers: { 'Sec-WebSocket-Protocol': asProtocol(token) } });
    expect(statusOf((await ask('one')).received())).toBe(101);
    expect(statusOf((await ask('')).received())).toBe(401);
    const refused = (await ask('one too many')).received().toString();
    expect(refused).toMatch(/^HTTP\/1.1 429 Too Many Requests\r\n.*\r\n\r\nzu viele Plätze\n$/s);
    expect(refused).toContain('Content-Length: 17\r\n');
    expect(asked).toEqual(['one', 'one too many']);
  });

  it.each([true, Promise.resolve(true)])('at which a function throws is one: 503', async (admits) => {
    expect(await statusFor({ token: () => admits, limit() { throw new Error('secret'); } }, {})).toBe(503);
  });
});

describe('who waits', () => {
  it('does so for a while, and among so many', async () => {
    const refusals: number[] = [];
    let asked = 0;
    const { port } = await serve({
      token: () => new Promise(() => { asked++; }), timeout: 50, maxPending: 2, onRefused: ({ status }) => void refusals.push(status),
    });
    const clients = await Promise.all([0, 1, 2].map(() => openClient(port)));
    expect(clients.map((client) => statusOf(client.received()))).toEqual([503, 503, 503]);
    expect([asked, refusals]).toEqual([3, [503, 503, 503]]);
    await openClient(port);
    expect(asked).toBe(4);
  });

  it('and leaves makes room', async () => {
    const served = await serve({
      token: (token) => (token === 'now' ? true : new Promise(() => {})), maxPending: 1, timeout: 20_000, onRefused: (refusal) => { told(refusal); },
    });
    let told: (refusal: Refusal) => void = () => {};
    for (let round = 0; round < 3; round++) {
      const left = new Promise<Refusal>((resolve) => { told = resolve; });
      const client = await rawClient(served.port);
      client.socket.write(requestOf(served.port));
      // The server has the request when it answers a later one.
      await openClient(served.port, { headers: { Authorization: 'Bearer now' } });
      client.socket.resetAndDestroy();
      expect(await left).toMatchObject({ status: 0 });
    }
  });
});

describe('a request', () => {
  it('to another path is nobody else\'s: 404', async () => {
    expect(await statusFor({ path: '/tunnel' }, {}, '/other')).toBe(404);
    expect(await statusFor({ path: '/tunnel' }, {}, '/tunnel/')).toBe(404);
    expect(await statusFor({ path: '/tunnel' }, {}, '/tunnel?a=b')).toBe(101);
  });

  it('to another path is left to who listens there', async () => {
    const { server, port } = await serve({ path: '/tunnel' });
    server.on('upgrade', (request, socket) => { if (request.url === '/theirs') socket.end('HTTP/1.1 418 Theirs\r\n\r\n'); });
    const client = await rawClient(port);
    client.socket.write(requestOf(port, { path: '/theirs' }));
    await client.until((received) => received.includes('\r\n\r\n'));
    expect(statusOf(client.received())).toBe(418);
  });

  it('with a body, in which something could hide, is refused, and what follows is no request', async () => {
    let requests = 0;
    const { port } = await serve({}, () => { requests++; });
    for (const headers of [{ 'Content-Length': '40' }, { 'Transfer-Encoding': 'chunked' }] as Headers[]) {
      const client = await rawClient(port);
      client.socket.write(`${requestOf(port, { headers })}GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n`);
      await client.closed;
      expect(statusOf(client.received())).toBe(400);
    }
    expect(requests).toBe(0);
  });

  it('that is refused is the last of its connection', async () => {
    let requests = 0;
    const { port } = await serve({ token: 'secret' }, () => { requests++; });
    const client = await rawClient(port);
    client.socket.write(`${requestOf(port)}GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n`);
    await client.closed;
    expect([statusOf(client.received()), requests]).toEqual([401, 0]);
    expect(client.received().toString()).not.toContain('101');
  });

  it.each([
    ['of another method', (text: string) => text.replace('GET', 'POST')],
    ['without a key', (text: string) => text.replace(/Sec-WebSocket-Key.*\r\n/, '')],
    ['of an unknown version', (text: string) => text.replace('Version: 13', 'Version: 99')],
  ])('%s is refused', async (_what, change) => {
    const refusals: Refusal[] = [];
    const { port } = await serve({ onRefused: (refusal) => void refusals.push(refusal) });
    const client = await rawClient(port);
    client.socket.write(change(requestOf(port)));
    await client.until((received) => received.includes('\r\n\r\n'));
    expect(statusOf(client.received())).toBe(400);
    expect(refusals).toHaveLength(1);
  });

  it('may bring its first frames along', async () => {
    const served = await serve();
    const client = await rawClient(served.port);
    client.socket.write(Buffer.concat([Buffer.from(requestOf(served.port)), frame(Buffer.from('early'))]));
    const { sink } = await served.accepted();
    await sink.event('data');
    expect(sink.text).toBe('early');
  });

  it('gets the first of its subprotocols that is spoken, or a refusal', async () => {
    expect(await statusFor({ protocols: ['b'] }, { 'Sec-WebSocket-Protocol': 'a' })).toBe(400);
    const served = await serve({ protocols: ['b', 'c'] });
    await openClient(served.port, { headers: { 'Sec-WebSocket-Protocol': 'a, c, b' } });
    expect((await served.accepted()).connection.facts?.webSocket?.protocol).toBe('c');
  });
});

describe('a path that is taken', () => {
  it('on the same server is EADDRINUSE; on another one, and beside it, it is free', async () => {
    const { server, port } = await serve({ path: '/one' });
    const { accept } = await import('../src/server/index.js');
    const listen = (to: typeof server, path: string) => new Promise<Error | null>((resolve) => {
      const listener = accept(to, {
        onListening() { listener.close(); }, onConnection() {}, onAcceptError() {}, onClose: resolve,
      }, { path });
    });
    expect(await listen(server, '/one')).toMatchObject({ code: 'EADDRINUSE', syscall: 'listen' });
    expect(await listen(server, '/two')).toBeNull();
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    expect((other.address() as AddressInfo).port).not.toBe(port);
    expect(await listen(other, '/one')).toBeNull();
    expect((await openClient(port, { path: '/one' })).received().toString()).toContain(' 101 ');
  });
});
