import { describe, expect, it } from 'vitest';
import { Lab } from './support/lab.js';

describe('too many open files', () => {
  it('who dials gets EMFILE, and can again when one is closed', async () => {
    const lab = new Lab();
    const [one, other] = [lab.host('a'), lab.host('b')];
    lab.listen(other, 80);
    one.changeLimits({ openFiles: 1 });
    const first = lab.dial(one, other.addresses[0], 80);
    const second = lab.dial(one, other.addresses[0], 80);
    await lab.run();
    expect([first.events, second.events, second.error?.syscall]).toEqual([['connect'], ['EMFILE'], 'connect']);
    first.connection.close();
    const third = lab.dial(one, other.addresses[0], 80);
    await lab.run();
    expect([third.events, one.openFiles]).toEqual([['connect'], 1]);
  });

  it('who accepts is told nothing, as by libuv, and the connection is closed', async () => {
    const lab = new Lab();
    const [one, other] = [lab.host('a'), lab.host('b')];
    const intake = lab.listen(other, 80);
    other.changeLimits({ openFiles: 1 });
    const a = lab.dial(one, other.addresses[0], 80);
    a.connection.readStart();
    await lab.run();
    expect(lab.log.filter(({ host, connection }) => host === other.name && connection !== 0).map(({ kind, note }) => `${kind} ${note}`)).toContain('fail EMFILE');
    expect([intake.events, a.events]).toEqual([['listening'], ['connect', 'end']]);
  });

  it('who listens gets EMFILE', async () => {
    const lab = new Lab({ limits: { openFiles: 0 } });
    const intake = lab.listen(lab.host('a'), 80);
    await lab.run();
    expect(intake.events).toEqual(['EMFILE']);
  });
});

describe('ports', () => {
  it('run out for one destination: EADDRNOTAVAIL; another one can still be dialled', async () => {
    const lab = new Lab();
    const [one, other, third] = [lab.host('a'), lab.host('b'), lab.host('c')];
    lab.listen(other, 80);
    lab.listen(third, 80);
    one.changeLimits({ ephemeralPorts: [5000, 5002] });
    const dials = [other, other, other, other, third].map((to) => lab.dial(one, to.addresses[0], 80));
    await lab.run();
    expect(dials.map(({ events }) => events[0])).toEqual(['connect', 'connect', 'connect', 'EADDRNOTAVAIL', 'connect']);
    expect(dials[3].error?.message).toBe('connect EADDRNOTAVAIL 10.0.0.2:80 - Local (0.0.0.0:0)');
  });

  it('of who has closed first stay taken for a minute', async () => {
    const lab = new Lab();
    const [one, other] = [lab.host('a'), lab.host('b')];
    one.changeLimits({ ephemeralPorts: [5000, 5000] });
    const { a, b } = await lab.pair(one, other);
    a.connection.close();
    await lab.run(10);
    b.connection.close();
    await lab.run(10);
    const soon = lab.dial(one, other.addresses[0], 80);
    await lab.run(10);
    expect(soon.events).toEqual(['EADDRNOTAVAIL']);
    await lab.run(60_000);
    const later = lab.dial(one, other.addresses[0], 80);
    await lab.run(10);
    expect(later.events).toEqual(['connect']);
  });

  it('that are listened on are not given to who dials', async () => {
    const lab = new Lab();
    const [one, other] = [lab.host('a'), lab.host('b')];
    lab.listen(other, 80);
    lab.listen(one, 5000);
    one.changeLimits({ ephemeralPorts: [5000, 5001] });
    const a = lab.dial(one, other.addresses[0], 80);
    await lab.run();
    expect(a.connection.local).toMatchObject({ port: 5001 });
  });

  it('are listened on once for each address, unless all that do share them', async () => {
    const lab = new Lab({ limits: { ephemeralPorts: [6000, 6010] } });
    const host = lab.host('a', ['10.0.0.1', '10.0.0.2', 'fd00::1']);
    const events = async (...address: string[]) => {
      const all = address.map((one) => lab.listen(host, 80, { ipv6Only: one === '::6', reusePort: one === 'shared' }, one === '::6' ? '::' : one === 'shared' ? '10.0.0.1' : one));
      await lab.run();
      const seen = all.map((intake) => intake.events[0]);
      for (const { listener } of all) listener.close();
      await lab.run();
      return seen;
    };
    expect(await events('10.0.0.1', '10.0.0.2', 'fd00::1')).toEqual(['listening', 'listening', 'listening']);
    expect(await events('10.0.0.1', '10.0.0.1')).toEqual(['listening', 'EADDRINUSE']);
    expect(await events('0.0.0.0', '10.0.0.1')).toEqual(['listening', 'EADDRINUSE']);
    expect(await events('::', '10.0.0.1')).toEqual(['listening', 'EADDRINUSE']);
    expect(await events('::6', '10.0.0.1')).toEqual(['listening', 'listening']);
    expect(await events('shared', 'shared')).toEqual(['listening', 'listening']);
    expect(await events('192.0.2.1')).toEqual(['EADDRNOTAVAIL']);
  });
});
