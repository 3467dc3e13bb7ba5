import { describe, expect, it } from 'vitest';
import { createNetwork } from '@netstrata/transport-memory';
import type { Acceptor, Transport } from '@netstrata/transport';
import { encodeProxyHeader, proxyProtocol, type Refusal } from '../src/index.js';
import { BALANCER, blockStart, CLIENT, dialled, End, Intake, LINE, openLab, options, SERVER, SITE } from './support/lab.js';

const block = Buffer.from(encodeProxyHeader({ version: 2, source: CLIENT, destination: SITE, crc: true }));

describe('where a header is required', () => {
  it('who is not trusted is reset at once, header or not', async () => {
    const lab = await openLab(options({ trust: ['192.0.2.0/24'] }));
    const peer = await dialled(lab);
    peer.send(LINE);
    expect(await peer.closed()).toBe('ECONNRESET');
    expect(lab.refusals).toMatchObject([{ reason: 'untrusted', peer: { address: BALANCER }, near: lab.endpoint, error: null }]);
    expect(lab.intake.ends).toEqual([]);
  });

  const wrong = Buffer.from(block);
  wrong[20] ^= 1;
  it.each([
    ['GET / HTTP/1.1\r\n', 'no header', null],
    ['PROXY TCP4 1.2.3.4 5.6.7.8 1 x\r\n', 'invalid', 'ERR_PROXY_HEADER_INVALID'],
    [`PROXY ${'x'.repeat(200)}`, 'invalid', 'ERR_PROXY_HEADER_INVALID'],
    [wrong.toString('latin1'), 'invalid', 'ERR_PROXY_HEADER_INVALID'],
    [Buffer.from(blockStart(0x21, 0x11, 5000)).toString('latin1'), 'too large', 'ERR_PROXY_HEADER_TOO_LARGE'],
  ])('a trusted peer that sends %j is closed: %s', async (bytes, reason, code) => {
    const lab = await openLab(options());
    const peer = await dialled(lab);
    peer.send(bytes);
    const refusal = await lab.refused();
    expect([refusal.reason, (refusal.error as { code?: string } | null)?.code ?? null]).toEqual([reason, code]);
    await peer.until(() => peer.ended || peer.error !== undefined);
    expect(lab.intake.ends).toEqual([]);
  });

  it.each(['', 'PROXY TCP4 1.2', '\r\n\r\n'])('a trusted peer that says %j and then nothing is closed after the deadline', async (text) => {
    const lab = await openLab(options({ timeout: 10 }));
    const peer = await dialled(lab);
    if (text !== '') peer.send(text);
    expect((await lab.refused()).reason).toBe('timeout');
    await peer.until(() => peer.ended || peer.error !== undefined);
  });

  it('a header that comes byte by byte has the same deadline', async () => {
    const lab = await openLab(options({ timeout: 40 }));
    const peer = await dialled(lab);
    const bytes = Buffer.from(`PROXY UNKNOWN ${'x'.repeat(80)}`);
    let at = 0;
    const drip = setInterval(() => {
      if (peer.error === undefined && !peer.ended && at < bytes.length) peer.send(bytes.subarray(at, ++at));
    }, 5);
    expect((await lab.refused()).reason).toBe('timeout');
    clearInterval(drip);
  });

  it.each([['', 'no header'], ['PROXY TCP4', 'incomplete'], ['\r\n\r\n\0', 'incomplete']])('a trusted peer that says %j and ends is closed', async (text, reason) => {
    const lab = await openLab(options());
    const peer = await dialled(lab);
    if (text !== '') peer.send(text);
    peer.connection.shutdown();
    expect((await lab.refused()).reason).toBe(reason);
    await peer.until(() => peer.ended || peer.error !== undefined);
  });

  it('nobody on a path is trusted when nothing says so', async () => {
    const { ipc } = createNetwork().host('here');
    const intake = new Intake();
    intake.listener = proxyProtocol(ipc, { accept: 'required', trust: ['0.0.0.0/0', '::/0'] }).listen!({ path: 'x' }, intake);
    await intake.listening;
    const peer = new End();
    peer.connection = ipc.connect({ path: 'x' }, peer);
    await peer.until(() => peer.ended || peer.error !== undefined);
    expect(intake.ends).toEqual([]);
  });

  it('a flood of connections that say nothing is bounded, and keeps nobody out who has a header', async () => {
    const lab = await openLab(options({ maxWaiting: 3 }));
    const silent: End[] = [];
    for (let i = 0; i < 10; i++) {
      silent.push(await dialled(lab));
      const peer = await dialled(lab);
      peer.send(LINE);
      await lab.intake.next(i);
    }
    // Of those that were there when the last came with its header.
    for (const peer of silent.slice(0, 8)) expect(await peer.closed()).toBe('ECONNRESET');
    expect(lab.refusals.map(({ reason }) => reason)).toEqual(Array(8).fill('crowded out'));
    expect(new Set(lab.refusals.map(({ peer }) => (peer as { port: number }).port)).size).toBe(8);
    silent[8].send(LINE);
    await lab.intake.next(10);
  });

  it('more than a thousand may wait at once, as when a balancer comes back', async () => {
    const lab = await openLab(options());
    const peers: End[] = [];
    for (let i = 0; i < 1100; i++) peers.push(await dialled(lab));
    for (const peer of peers) peer.send(LINE);
    await lab.intake.next(peers.length - 1);
    expect(lab.refusals).toEqual([]);
  });

  it('closing the listener resets those that have not said anything yet', async () => {
    const lab = await openLab(options());
    const peer = await dialled(lab);
    lab.intake.listener.close();
    expect(await peer.closed()).toBe('ECONNRESET');
  });
});

describe('where headers are optional', () => {
  it.each([LINE, block.toString('latin1')])('a header of somebody who is not trusted is a forgery, and the connection is reset: %j', async (header) => {
    for (const segment of [[1, 2], [5000, 5000]] as const) {
      const lab = await openLab({ accept: 'optional', trust: ['192.0.2.0/24'] }, { segment });
      const peer = await dialled(lab);
      peer.send(`${header}GET /`);
      const end = await lab.intake.next(0);
      expect(await end.closed()).toBe('EPROTO');
      // What came before it could be told is all that was passed on.
      expect(header.startsWith(end.text) && end.text.length < 12).toBe(true);
      expect(end.connection.remote).toBeNull();
      expect(await peer.closed()).toBe('ECONNRESET');
      expect(lab.refusals).toMatchObject([{ reason: 'forged', peer: { address: BALANCER } }]);
    }
  });

  it('who writes, ends or closes at the moment of the reset is told of it once', async () => {
    for (const then of ['write', 'shutdown', 'close'] as const) {
      const lab = await openLab({ accept: 'optional', trust: [] });
      const peer = await dialled(lab);
      const end = await lab.intake.next(0);
      // Told in a microtask behind the one in which the layer has reset the connection.
      const refused = lab.refused();
      peer.send(LINE);
      await refused;
      if (end.error === undefined) {
        if (then === 'write') end.connection.write(Buffer.from('x'));
        else end.connection[then]();
      }
      expect(await end.closed()).toBe(then === 'close' && end.error === null ? null : 'EPROTO');
    }
  });

  it('a trusted peer whose header is broken is closed, not taken as it is', async () => {
    const lab = await openLab(options({ accept: 'optional', timeout: 10 }));
    for (const text of ['PROXY nonsense\r\n', 'PROXY TCP4 1.2']) (await dialled(lab)).send(text);
    await lab.refused(2);
    expect(lab.refusals.map(({ reason }) => reason).sort()).toEqual(['invalid', 'timeout']);
    expect(lab.intake.ends).toEqual([]);
  });
});

it.each(['required', 'optional'] as const)('who has left before the connection was accepted is neither a client nor refused (%s)', async (accept) => {
  const network = createNetwork();
  const [near, far] = [network.host('balancer', BALANCER).tcp, network.host('server', SERVER).tcp];
  const without = (acceptor: Acceptor): Acceptor => ({
    onListening: () => { acceptor.onListening(); }, onAcceptError: (error) => { acceptor.onAcceptError(error); },
    onClose: (error) => { acceptor.onClose(error); },
    // As the system has it after a reset.
    onConnection: (connection) => { acceptor.onConnection(Object.defineProperty(connection, 'remote', { value: null })); },
  });
  const below: Transport = {
    name: 'left', capabilities: far.capabilities, connect: far.connect.bind(far),
    listen: (endpoint, acceptor, given) => far.listen!(endpoint, without(acceptor), given),
  };
  const refusals: Refusal[] = [];
  const intake = new Intake();
  intake.listener = proxyProtocol(below, { accept, trust: [BALANCER], onRefused: (refusal) => refusals.push(refusal) })
    .listen!({ address: SERVER, port: 0, family: 'IPv4' }, intake);
  await intake.listening;
  const peer = new End();
  peer.connection = near.connect(intake.listener.local!, peer);
  await peer.until(() => peer.connected);
  peer.send(LINE);
  expect(await peer.closed()).toBe('ECONNRESET');
  expect([intake.ends, refusals]).toEqual([[], []]);
});

it('the host of the server is of no account: it is the peer that is trusted', async () => {
  const lab = await openLab(options({ trust: [SERVER] }));
  expect(await (await dialled(lab)).closed()).toBe('ECONNRESET');
});
