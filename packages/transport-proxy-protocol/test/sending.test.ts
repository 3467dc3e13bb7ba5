import { createNetwork } from '@netstrata/transport-memory';
import type { Connection, Transport } from '@netstrata/transport';
import { describe, expect, it } from 'vitest';
import { proxyProtocol, type DialledConnection, type ProxyHeader, type ProxyProtocolOptions } from '../src/index.js';
import { CLIENT, End, Intake, openLab, options, SITE } from './support/lab.js';

/** What the server takes from a connection that was dialled so. */
async function headerFor(given: ProxyProtocolOptions): Promise<{ readonly header: ProxyHeader; readonly dialled: End; readonly accepted: Connection }> {
  const lab = await openLab(options());
  const dialled = lab.dial((transport) => proxyProtocol(transport, given));
  const { connection } = await lab.intake.next(0);
  return { header: connection.facts!.proxyHeader!, dialled, accepted: connection };
}

describe('a connection that is dialled', () => {
  it.each([1, 2] as const)('says its own ends when nothing else is said (version %d)', async (send) => {
    const { header, dialled } = await headerFor({ send });
    await dialled.until(() => dialled.connected);
    expect(header).toMatchObject({ version: send, command: 'proxy', source: dialled.connection.local, destination: dialled.connection.remote });
    expect(dialled.connection.bytesWritten).toBe(0);
  });

  it('says what the options say', async () => {
    const { header } = await headerFor({
      send: 2, source: CLIENT, destination: SITE, alpn: 'h2', authority: 'site.example', uniqueId: Buffer.from('id'), crc: true,
      tls: { encrypted: true, certificate: false, sessionCertificate: false, verify: 0, version: 'TLSv1.3' },
    });
    expect(header).toMatchObject({ source: CLIENT, destination: SITE, alpn: 'h2', authority: 'site.example', checked: true, tls: { version: 'TLSv1.3' } });
  });

  it('says what a function makes of it, ahead of the options', async () => {
    const asked: DialledConnection[] = [];
    const { header, dialled } = await headerFor({
      send: 2, authority: 'all',
      header(connection) {
        asked.push(connection);
        return { source: CLIENT, alpn: 'x' };
      },
    });
    expect(header).toMatchObject({ source: CLIENT, destination: dialled.connection.remote, alpn: 'x', authority: 'all' });
    expect(asked).toEqual([{ endpoint: dialled.connection.remote, local: dialled.connection.local, remote: dialled.connection.remote }]);
  });

  it('for its own purposes says LOCAL, and keeps its address', async () => {
    const { header, dialled, accepted } = await headerFor({ send: 2, command: 'local' });
    expect([header.command, header.source]).toEqual(['local', null]);
    expect(accepted.remote).toEqual(dialled.connection.local);
  });

  it('fails with what the function throws, and says nothing', async () => {
    const lab = await openLab(options());
    const error = new Error('no client');
    const end = lab.dial((transport) => proxyProtocol(transport, { send: 1, header() { throw error; } }));
    await end.until(() => end.error !== undefined);
    expect([end.error, end.connected]).toEqual([error, false]);
    expect((await lab.refused()).reason).toBe('no header');
  });

  /* eslint-disable @typescript-eslint/only-throw-error -- a program may */
  it.each(Object.entries<() => unknown>({
    'a promise': () => Promise.resolve({ source: CLIENT }), 'text': () => 'PROXY', 'a list': () => [CLIENT], 'a number': () => 0,
    'what has no address': () => ({ source: 'nowhere' }), 'a throw of null': () => { throw null; }, 'a throw of nothing': () => { throw undefined; },
    'a field that throws': () => ({ get source() { throw 'text'; } }),
    /* eslint-enable @typescript-eslint/only-throw-error */
  }))('fails with %s of the function, and says nothing', async (what, header) => {
    const lab = await openLab(options());
    const end = lab.dial((transport) => proxyProtocol(transport, { send: 1, header: header as () => null }));
    expect(await end.closed()).toBe(what === 'what has no address' ? 'ERR_INVALID_ARG_TYPE' : 'ERR_INVALID_RETURN_VALUE');
    expect([end.connected, (await lab.refused()).reason]).toEqual([false, 'no header']);
  });

  it('fails as the transport below when nobody listens', async () => {
    const { tcp } = createNetwork().host('a', '10.0.0.1');
    const end = new End();
    end.connection = proxyProtocol(tcp, { send: 1 }).connect({ address: '10.0.0.1', port: 9, family: 'IPv4' }, end);
    expect(await end.closed()).toBe('ECONNREFUSED');
  });

  it('has sent its header before it stands, in one write, before anything else (TLS too)', async () => {
    const writes: string[] = [];
    const watched = (transport: Transport): Transport => ({
      name: transport.name, capabilities: transport.capabilities,
      connect(endpoint, sink, given) {
        const connection = transport.connect(endpoint, sink, given);
        const write = connection.write.bind(connection);
        connection.write = (chunk) => {
          writes.push(Buffer.from(chunk).toString('latin1'));
          return write(chunk);
        };
        return connection;
      },
    });
    const lab = await openLab(options());
    const end = lab.dial((transport) => proxyProtocol(watched(transport), { send: 1, source: CLIENT, destination: SITE }));
    await end.until(() => end.connected);
    expect(writes).toEqual(['PROXY TCP4 203.0.113.7 198.51.100.1 40000 443\r\n']);
  });

  it('takes names where the transport below does, and tells the function', async () => {
    const network = createNetwork();
    const [near, far] = [network.host('near', '10.0.0.1'), network.host('far', '10.0.0.2')];
    const intake = new Intake();
    intake.listener = proxyProtocol(far.tcp, { accept: 'required', trust: ['10.0.0.1'] }).listen!({ address: '10.0.0.2', port: 80, family: 'IPv4' }, intake);
    await intake.listening;
    const resolving = { ...near.tcp, name: 'names', capabilities: { ...near.tcp.capabilities, names: true as const },
      connect: ((_endpoint, sink) => near.tcp.connect({ address: '10.0.0.2', port: 80, family: 'IPv4' }, sink)) as Transport['connect'] };
    const transport = proxyProtocol(resolving, { send: 2, header: ({ endpoint }) => ({ authority: (endpoint as { host: string }).host }) });
    expect(transport.capabilities.names).toBe(true);
    const end = new End();
    end.connection = transport.connect({ host: 'far.example', port: 80 }, end);
    expect((await intake.next(0)).connection.facts?.proxyHeader?.authority).toBe('far.example');
  });
});
