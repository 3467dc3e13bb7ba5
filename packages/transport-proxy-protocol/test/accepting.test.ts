import { createNetwork } from '@netstrata/transport-memory';
import { describe, expect, it } from 'vitest';
import { encodeProxyHeader, proxyProtocol } from '../src/index.js';
import { BALANCER, blockStart, CLIENT, dialled, End, Intake, LINE, openLab, options, SERVER, SITE } from './support/lab.js';

const block = (more = {}): Uint8Array => encodeProxyHeader({ version: 2, source: CLIENT, destination: SITE, ...more });

describe('a connection that a trusted peer makes with a header', () => {
  it.each(Object.entries({ 'version 1': Buffer.from(LINE), 'version 2': block() }))('of %s is where the header says, and tells who has sent it', async (_version, header) => {
    const lab = await openLab(options());
    const peer = await dialled(lab);
    const { local } = peer.connection;
    peer.send(Buffer.concat([header, Buffer.from('hello')]));
    const end = await lab.intake.next(0);
    await end.received('hello');
    expect(end.connection.remote).toEqual(CLIENT);
    expect(end.connection.local).toEqual(SITE);
    expect(end.connection.bytesRead).toBe(5);
    expect(end.connection.facts?.proxyHeader).toMatchObject({ source: CLIENT, destination: SITE, command: 'proxy', peer: local, near: lab.endpoint });
    end.connection.close();
    await end.closed();
    expect([end.connection.remote, end.connection.local]).toEqual([null, null]);
    expect(end.connection.facts?.proxyHeader?.source).toEqual(CLIENT);
  });

  it.each(Object.entries({
    'LOCAL': blockStart(0x20, 0, 0), 'UNKNOWN': Buffer.from('PROXY UNKNOWN\r\n'), 'no family': blockStart(0x21, 0, 0), 'datagrams': block({ transport: 'datagram' }),
  }))('of %s keeps its real addresses', async (_what, header) => {
    const lab = await openLab(options());
    const peer = await dialled(lab);
    peer.send(header);
    const end = await lab.intake.next(0);
    expect(end.connection.remote).toEqual(peer.connection.local);
    expect(end.connection.local).toEqual(lab.endpoint);
    expect(end.connection.facts?.proxyHeader).toBeDefined();
  });

  it('of a UNIX client has no address that is the balancer\'s', async () => {
    const lab = await openLab(options());
    const peer = await dialled(lab);
    peer.send(encodeProxyHeader({ version: 2, destination: { path: '/run/site' } }));
    const end = await lab.intake.next(0);
    expect([end.connection.remote, end.connection.local]).toEqual([null, { path: '/run/site' }]);
  });

  it.each(['required', 'optional'] as const)('is not taken for one without it when less than 6 or 12 bytes come first (%s)', async (accept) => {
    const lab = await openLab(options({ accept }), { segment: [1, 3], latency: 0.1 });
    for (const header of [Buffer.from(LINE), block({ authority: 'x'.repeat(2000) })]) {
      const peer = await dialled(lab);
      peer.send(Buffer.concat([header, Buffer.from('first')]));
      const end = await lab.intake.next();
      await end.received('first');
      expect(end.connection.remote).toEqual(CLIENT);
    }
  });

  it('may have a header that is larger than a segment, up to the bound', async () => {
    const lab = await openLab(options({ maxHeader: 20_000 }), { segment: [500, 1400] });
    const peer = await dialled(lab);
    peer.send(Buffer.concat([block({ tlvs: [{ type: 0xe1, value: Buffer.alloc(19_000, 7) }] }), Buffer.from('x')]));
    const end = await lab.intake.next(0);
    await end.received('x');
    expect(end.connection.facts?.proxyHeader?.tlvs[0].value.length).toBe(19_000);
  });

  it('hands what was read too far on to the next layer, also where that takes it early', async () => {
    const network = createNetwork();
    const [near, far] = [BALANCER, SERVER].map((address) => network.host(address, address));
    const intake = new Intake();
    // Two balancers in a row: each has sent a header.
    const inner = proxyProtocol(far.tcp, options());
    const transport = proxyProtocol(inner, { accept: 'required', trust: [CLIENT.address] });
    intake.listener = transport.listen!({ address: SERVER, port: 0, family: 'IPv4' }, intake);
    await intake.listening;
    const peer = new End();
    peer.connection = near.tcp.connect(intake.listener.local!, peer);
    await peer.until(() => peer.connected);
    const user = { address: '192.0.2.99', port: 1, family: 'IPv4' } as const;
    peer.send(Buffer.concat([Buffer.from(LINE), block({ source: user }), Buffer.from('data')]));
    const end = await intake.next(0);
    await end.received('data');
    expect(end.connection.remote).toEqual(user);
    expect(end.connection.facts?.proxyHeader?.peer).toEqual(CLIENT);
  });
});

describe('a balancer', () => {
  it('that is trusted by its IPv4 address is trusted as an IPv4-mapped one, as it arrives on a dual-stack listener', async () => {
    const network = createNetwork();
    const far = network.host('server', '::ffff:10.0.0.2');
    const near = network.host('balancer', '::ffff:10.0.0.1');
    const intake = new Intake();
    const transport = proxyProtocol(far.tcp, { accept: 'required', trust: ['10.0.0.1'] });
    intake.listener = transport.listen!({ address: '::ffff:10.0.0.2', port: 0, family: 'IPv6' }, intake);
    await intake.listening;
    const peer = new End();
    peer.connection = near.tcp.connect(intake.listener.local!, peer);
    await peer.until(() => peer.connected);
    peer.send(LINE);
    expect((await intake.next(0)).connection.remote).toEqual(CLIENT);
  });

  it('on a path is trusted where paths are', async () => {
    const { ipc } = createNetwork().host('here');
    const intake = new Intake();
    intake.listener = proxyProtocol(ipc, { accept: 'required', trustPaths: true }).listen!({ path: 'x' }, intake);
    await intake.listening;
    const peer = new End();
    peer.connection = ipc.connect({ path: 'x' }, peer);
    await peer.until(() => peer.connected);
    peer.send(LINE);
    expect((await intake.next(0)).connection.remote).toEqual(CLIENT);
  });
});

describe('where headers are optional', () => {
  it.each(['G', 'PUT / HTTP/1.1', 'PROXX', '\r\n\r\n\0\r\nQUIX', 'PROXY\n'])('%j of a trusted peer is no header: all of it is the connection\'s', async (text) => {
    const lab = await openLab(options({ accept: 'optional' }), { segment: [1, 2] });
    const peer = await dialled(lab);
    peer.send(text);
    const end = await lab.intake.next(0);
    await end.received(text);
    expect(end.connection.remote).toEqual(peer.connection.local);
    expect(end.connection.bytesRead).toBe(text.length);
    expect(end.connection.facts).toBeUndefined();
  });

  it.each(['', 'PRO', '\r\n\r\n'])('a trusted peer that says %j and then nothing is taken as it is after the deadline', async (text) => {
    const lab = await openLab(options({ accept: 'optional', timeout: 10 }));
    const peer = await dialled(lab);
    if (text !== '') peer.send(text);
    const end = await lab.intake.next(0);
    await end.received(text);
    peer.send('more');
    await end.until(() => end.text === `${text}more`);
  });

  it.each(['', 'PRO'])('a trusted peer that says %j and ends its side is taken as it is, with its end', async (text) => {
    const lab = await openLab(options({ accept: 'optional' }));
    lab.intake.greeting = 'bye';
    const peer = await dialled(lab);
    if (text !== '') peer.send(text);
    peer.connection.shutdown();
    const end = await lab.intake.next(0);
    await end.until(() => end.ended);
    expect(end.text).toBe(text);
    await peer.until(() => peer.text === 'bye');
  });

  it('somebody who is not trusted is taken at once: the server may speak first', async () => {
    const lab = await openLab({ accept: 'optional', trust: [] });
    lab.intake.greeting = 'welcome';
    const peer = await dialled(lab);
    await peer.until(() => peer.text === 'welcome');
    peer.send('PROXIMA');
    const end = await lab.intake.next(0);
    await end.until(() => end.text === 'PROXIMA');
    // What looks like a header later is data.
    peer.send(LINE);
    await end.until(() => end.text === `PROXIMA${LINE}`);
  });
});
