import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { encodeProxyHeader, proxyHeaderOf, proxyProtocol } from '../src/index.js';
import { CLIENT, End, Intake, LINE, SITE } from './support/lab.js';

interface Handle {
  getpeername(out: object): number;
  getsockname(out: object): number;
}

async function acceptedWith(bytes: string, first: Intake['first'] = () => {}): Promise<{ readonly end: End; readonly peer: End }> {
  const intake = new Intake();
  intake.first = first;
  intake.listener = proxyProtocol(tcp, { accept: 'required', trust: ['loopback'] }).listen!({ address: '127.0.0.1', port: 0, family: 'IPv4' }, intake);
  await intake.listening;
  const peer = new End();
  peer.connection = tcp.connect(intake.listener.local!, peer);
  await peer.until(() => peer.connected);
  peer.send(bytes);
  const end = await intake.next(0);
  intake.listener.close();
  return { end, peer };
}

const asked = (handle: Handle, name: keyof Handle): unknown => {
  const out = {};
  return [handle[name](out), out];
};

describe('the native handle under a header', () => {
  it('says what the header says, as long as it has an answer of its own', async () => {
    const { end, peer } = await acceptedWith(`${LINE}x`);
    await end.received('x');
    const handle = end.connection.native as Handle;
    expect(asked(handle, 'getpeername')).toEqual([0, CLIENT]);
    expect(asked(handle, 'getsockname')).toEqual([0, SITE]);
    expect(proxyHeaderOf(handle)?.source).toEqual(CLIENT);
    // As a TLSSocket has it: a wrap around the handle, the socket beside it.
    expect(proxyHeaderOf({ _handle: { _parent: handle } })?.source).toEqual(CLIENT);
    expect(proxyHeaderOf({ _parent: { proxyHeader: proxyHeaderOf(handle) } })?.source).toEqual(CLIENT);
    peer.connection.abort();
    expect(await end.closed()).toBe('ECONNRESET');
    expect((asked(handle, 'getpeername') as [number])[0]).not.toBe(0);
  });

  it('keeps its addresses where the header has none', async () => {
    const { end, peer } = await acceptedWith('PROXY UNKNOWN\r\n');
    expect(asked(end.connection.native as Handle, 'getpeername')).toEqual([0, peer.connection.local]);
    peer.connection.close();
    await end.until(() => end.ended);
    end.connection.close();
    await end.closed();
  });

  it('is not there before what was read too far is delivered, and is once it was taken', async () => {
    const seen: unknown[] = [];
    const { end, peer } = await acceptedWith(`${LINE}abc`, (connection) => {
      seen.push(connection.native, connection.bytesRead, Buffer.from(connection.takeEarly!()!).toString());
      seen.push(connection.native === null, connection.bytesRead, connection.takeEarly!());
    });
    expect(seen).toEqual([null, 0, 'abc', false, 3, null]);
    peer.send('d');
    await end.until(() => end.text === 'd');
    expect(end.connection.bytesRead).toBe(4);
    peer.connection.abort();
    await end.closed();
  });

  it('names no address of a client on a path, and ends and resets are told apart all the same', async () => {
    const header = Buffer.from(encodeProxyHeader({ version: 2, destination: { path: '/run/site' } })).toString('latin1');
    const ended = await acceptedWith(header);
    expect(asked(ended.end.connection.native as Handle, 'getpeername')).toEqual([0, {}]);
    ended.peer.connection.shutdown();
    await ended.end.until(() => ended.end.ended);
    ended.end.connection.close();
    const reset = await acceptedWith(`${header}x`);
    reset.peer.connection.abort();
    expect(await reset.end.closed()).toBe('ECONNRESET');
    expect(reset.end.ended).toBe(false);
  });

  it('has no header where none was sent', () => {
    for (const socket of [{}, { _handle: null }, { _handle: {}, _parent: {} }]) expect(proxyHeaderOf(socket)).toBeUndefined();
    const circle: { _parent?: object } = {};
    circle._parent = circle;
    expect(proxyHeaderOf(circle)).toBeUndefined();
  });
});
