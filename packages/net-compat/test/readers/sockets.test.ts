import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import * as builtin from 'node:net';
import tls from 'node:tls';
import { createNetwork } from '@netstrata/transport-memory';
import { reader } from '@netstrata/stream-core/reader';
import { afterEach, describe, expect, it } from 'vitest';
import * as compat from '../../src/index.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/register/${name}`, import.meta.url));
const [cert, key] = [fixture('certificate.pem'), fixture('key.pem')];

type Net = Pick<typeof builtin, 'connect' | 'createServer'>;
const nets: Record<string, () => Net> = {
  'net-compat over TCP': () => compat,
  'net-compat in memory': () => compat.createNet(createNetwork().host('here', '127.0.0.1')),
  'node:net': () => builtin,
};

const opened: { destroy?(): void; close?(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) {
    if (one.destroy !== undefined) one.destroy();
    else one.close?.();
  }
});

/** Both ends of a connection. */
async function pair(net: Net, options: object = {}): Promise<[client: builtin.Socket, server: builtin.Socket]> {
  const server = net.createServer(options).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = net.connect((server.address() as builtin.AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [builtin.Socket];
  opened.push(client, socket, server);
  return [client.on('error', () => {}), socket];
}

describe.each(Object.entries(nets))('sockets of %s', (_name, make) => {
  it('serve lines, and end with the peer', async () => {
    const [client, socket] = await pair(make());
    const serving = (async () => { for await (const line of reader(socket).lines()) socket.write(`${line.toUpperCase()}\n`); })();
    const answers = reader(client).lines();
    for (const line of ['one', 'two', 'grüße']) {
      client.write(`${line}\r\n`);
      expect((await answers.next()).value).toBe(line.toUpperCase());
    }
    client.end();
    await serving;
    expect(await answers.next()).toEqual({ done: true, value: undefined });
  });

  it('begin TLS after lines of text, also when its first bytes came with the last of them', async () => {
    const [client, socket] = await pair(make());
    const served = (async () => {
      const r = reader(socket);
      expect(await r.readLine()).toBe('STARTTLS');
      socket.write('220 go ahead\r\n');
      await r.peek(1);
      r.release();
      const secure = new tls.TLSSocket(socket, { isServer: true, key, cert });
      secure.write(`you said ${await reader(secure).readLine()}\n`);
    })();
    const r = reader(client);
    client.write('STARTTLS\r\n');
    expect(await r.readLine()).toBe('220 go ahead');
    r.release();
    const secure = tls.connect({ socket: client, ca: cert, checkServerIdentity: () => undefined });
    secure.write('hello\n');
    expect(await reader(secure).readLine()).toBe('you said hello');
    await served;
    secure.destroy();
  });

  it('give back what came behind the head of a tunnel, to a pipe', async () => {
    const [client, socket] = await pair(make());
    client.end('CONNECT there HTTP/1.1\r\nHost: there\r\n\r\nfirst bytes');
    const r = reader(socket);
    expect(String(await r.readUntil('\r\n\r\n'))).toMatch(/^CONNECT there/);
    r.release();
    socket.pipe(socket);
    expect(String(await reader(client).readExactly(11))).toBe('first bytes');
  });

  it('hold the peer back while nobody reads', async () => {
    const [client, socket] = await pair(make());
    const r = reader(socket);
    client.write('line\n');
    expect(await r.readLine()).toBe('line');
    const whole = Buffer.alloc(8_000_000, 'x');
    let isWritten = false;
    client.write(whole, () => { isWritten = true; });
    // Until it has come to a standstill.
    for (let last = -1; socket.readableLength !== last; ) {
      last = socket.readableLength;
      for (let i = 0; i < 50; i++) await new Promise((resolve) => { setImmediate(resolve); });
    }
    expect([r.bytes.length, isWritten]).toEqual([0, false]);
    expect(socket.readableLength).toBeLessThan(300_000);
    expect(Buffer.compare((await r.readExactly(8_000_000))!, whole)).toBe(0);
  });

  it('that are reset reject with that', async () => {
    const [client, socket] = await pair(make());
    const read = reader(socket).read();
    client.resetAndDestroy();
    await expect(read).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

it('results of sockets with pooled reads show no memory of other connections', async () => {
  const connections = await Promise.all(Array.from({ length: 4 }, () => pair(compat as unknown as Net, { pooledReads: true })));
  for (const [i, [client, socket]] of connections.entries()) {
    const text = String(i).repeat(500);
    const r = reader(socket);
    for (const ask of [() => r.read(), () => r.readExactly(500), () => r.readUntil('\n')]) {
      const found = ask();
      client.write(`${text}\n`);
      const bytes = (await found)!;
      expect(String(bytes).trim()).toBe(text);
      expect([...new Set(new Uint8Array(bytes.buffer))].filter((byte) => byte > 32)).toEqual([48 + i]);
      if (bytes.length === 500 && r.bytes.length + socket.readableLength > 0) await r.read();
    }
  }
});
