import { describe, expect, it } from 'vitest';
import { Lab } from './support/lab.js';

const endsOf = async (lab: Lab, from: string, to: string, listenOn?: string) => {
  const intake = lab.listen(lab.network.get('b'), 80, {}, listenOn);
  const a = lab.dial(lab.network.get(from), to, 80);
  await lab.until(() => intake.ends.length > 0);
  const b = intake.ends[0].connection;
  const text = (end: typeof b.local) => (end !== null && 'address' in end ? `${end.family} ${end.address}` : '');
  return [text(a.connection.local), text(a.connection.remote), text(b.local), text(b.remote)];
};

const lab = () => {
  const made = new Lab();
  made.host('a', ['10.0.0.1', 'fd00::1']);
  made.host('b', ['10.0.0.2', 'fd00::2']);
  return made;
};

describe('both ends know their addresses as on a real network', () => {
  it('IPv4 to an IPv4 address', async () => {
    expect(await endsOf(lab(), 'a', '10.0.0.2', '10.0.0.2')).toEqual(['IPv4 10.0.0.1', 'IPv4 10.0.0.2', 'IPv4 10.0.0.2', 'IPv4 10.0.0.1']);
  });

  it('IPv4 to who listens on every address sees IPv4 in IPv6 there', async () => {
    expect(await endsOf(lab(), 'a', '10.0.0.2')).toEqual(['IPv4 10.0.0.1', 'IPv4 10.0.0.2', 'IPv6 ::ffff:10.0.0.2', 'IPv6 ::ffff:10.0.0.1']);
  });

  it('IPv6', async () => {
    expect(await endsOf(lab(), 'a', 'fd00::2')).toEqual(['IPv6 fd00::1', 'IPv6 fd00::2', 'IPv6 fd00::2', 'IPv6 fd00::1']);
  });

  it('from a host to itself, by loopback and by its own address', async () => {
    expect(await endsOf(lab(), 'b', '127.0.0.1', '127.0.0.1')).toEqual(['IPv4 127.0.0.1', 'IPv4 127.0.0.1', 'IPv4 127.0.0.1', 'IPv4 127.0.0.1']);
    expect(await endsOf(lab(), 'b', '10.0.0.2', '10.0.0.2')).toEqual(['IPv4 10.0.0.2', 'IPv4 10.0.0.2', 'IPv4 10.0.0.2', 'IPv4 10.0.0.2']);
  });

  it('dialling 0.0.0.0 reaches this host', async () => {
    expect(await endsOf(lab(), 'b', '0.0.0.0', '127.0.0.1')).toEqual(['IPv4 127.0.0.1', 'IPv4 0.0.0.0', 'IPv4 127.0.0.1', 'IPv4 127.0.0.1']);
  });
});

describe('where no host is', () => {
  it('nobody answers for three seconds, then EHOSTUNREACH', async () => {
    const made = lab();
    const a = made.dial(made.network.get('a'), '10.9.9.9', 80);
    await made.until(() => a.isClosed);
    expect([made.time.now, a.error?.code, a.events]).toEqual([3000, 'EHOSTUNREACH', ['EHOSTUNREACH']]);
  });

  it('a host without IPv6 says ENETUNREACH at once', async () => {
    const made = new Lab();
    const a = made.dial(made.host('a', '10.0.0.1'), 'fd00::1', 80);
    await made.until(() => a.isClosed);
    expect([made.time.now, a.error?.code]).toEqual([0, 'ENETUNREACH']);
  });
});

describe('who has which address', () => {
  it('a host that is given none gets one of 10.0.0.0/8', () => {
    const made = new Lab();
    expect([made.host('a').addresses, made.host('b').addresses]).toEqual([['10.0.0.1'], ['10.0.0.2']]);
  });

  it('names and addresses are taken once', () => {
    const made = lab();
    expect(() => made.host('a')).toThrow(expect.objectContaining({ code: 'ERR_HOST_EXISTS' }));
    expect(() => made.host('c', '::ffff:10.0.0.1')).toThrow(expect.objectContaining({ code: 'ERR_HOST_EXISTS' }));
    expect(() => made.host('d', 'nonsense')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_IP_ADDRESS' }));
    expect(() => made.network.get('nobody')).toThrow(expect.objectContaining({ code: 'ERR_NO_SUCH_HOST' }));
  });
});
