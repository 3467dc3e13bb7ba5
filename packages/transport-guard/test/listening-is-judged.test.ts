import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSystemError, type ListenEndpoint } from '@netstrata/transport';
import { createNetwork } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import { expect, it, onTestFinished } from 'vitest';
import { guard, type GuardOptions } from '../src/index.js';
import { dial, inet, Intake } from './support/ends.js';

it('what is denied does not listen: the listener says so at once, and its acceptor later', async () => {
  const guarded = guard(tcp, { allow: ['loopback:1024-65535'] });
  let listener;
  const intake = await Intake.by((acceptor) => {
    listener = guarded.listen!(inet('127.0.0.1', 80), acceptor);
    return listener;
  });
  expect(intake.error).toMatchObject({
    message: 'listen ERR_ADDRESS_DENIED: not allowed by the policy: 127.0.0.1:80', code: 'ERR_ADDRESS_DENIED', errno: -13, syscall: 'listen',
    address: '127.0.0.1', port: 80, rule: null,
  });
  expect(isSystemError(intake.error)).toBe(true);
  expect(listener).toMatchObject({ local: null, native: null, failure: intake.error });
});

it('a listener that is refused and closed at once says only that it is closed', async () => {
  const guarded = guard(tcp, { allow: [] });
  const intake = await Intake.by((acceptor) => {
    const listener = guarded.listen!(inet('127.0.0.1', 80), acceptor);
    listener.close();
    return listener;
  });
  expect(intake.error).toBe(null);
});

it('every address has to be allowed as both of its names', async () => {
  const listens = async (allow: string[], endpoint: ListenEndpoint) => {
    const intake = await Intake.on(guard(tcp, { allow }), endpoint);
    intake.listener.close();
    return intake.error === undefined;
  };
  expect(await listens(['0.0.0.0'], { port: 0 })).toBe(false);
  expect(await listens(['::'], { port: 0 })).toBe(false);
  expect(await listens(['::', '0.0.0.0'], { port: 0 })).toBe(true);
  expect(await listens(['0.0.0.0'], inet('0.0.0.0', 0))).toBe(true);
});

it('where every address is listened on, a connection to one that is denied is reset before anybody sees it', async () => {
  const network = createNetwork();
  const server = network.host('server', ['10.0.0.1', '192.168.0.1']);
  const client = network.host('client', ['10.0.0.2', '192.168.0.2']);
  for (const endpoint of [{ port: 80 }, inet('0.0.0.0', 81), inet('::', 82)]) {
    const intake = await Intake.on(guard(server.tcp, { default: 'allow', deny: ['192.168.0.0/16'] }), endpoint);
    const { port } = endpoint;
    expect(intake.error).toBe(undefined);
    await dial(client.tcp, inet('192.168.0.1', port));
    await dial(client.tcp, inet('10.0.0.1', port));
    // Connections are accepted in their order.
    expect(intake.accepted.map(({ local }) => local)).toMatchObject([{ address: expect.stringMatching(/^(::ffff:)?10\.0\.0\.1$/) as string }]);
    intake.close();
  }
});

it('a port that the system has chosen is judged before anybody hears of it', async () => {
  const intake = await Intake.on(guard(tcp, { default: 'allow', deny: ['127.0.0.1:1-65535'] }), inet('127.0.0.1', 0));
  expect(intake.error).toMatchObject({ code: 'ERR_ADDRESS_DENIED', syscall: 'listen', rule: '127.0.0.1:1-65535' });
  expect(intake.listener.local).toBe(null);
});

it('what was bound before is judged when a listener adopts it', async () => {
  const adopted = async (address: string) => {
    const guarded = guard(tcp, { allow: ['127.0.0.1'] });
    const bound = guarded.open!({ local: inet(address, 0) });
    const intake = await Intake.by((acceptor) => guarded.adoptListener!(bound.detach!(), acceptor));
    intake.listener.close();
    return intake.error;
  };
  expect(await adopted('127.0.0.1')).toBe(undefined);
  expect(await adopted('127.0.0.2')).toMatchObject({ code: 'ERR_ADDRESS_DENIED', syscall: 'listen', address: '127.0.0.2' });
});

it.skipIf(!tcp.capabilities.adopt)('a listener that was adopted and does not say where it is needs leave to listen on every path', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guard-'));
  onTestFinished(() => { rmSync(folder, { recursive: true }); });
  const adopted = async (name: string, options: GuardOptions) => {
    const server = createServer().listen(join(folder, name));
    await once(server, 'listening');
    const { _handle: handle } = server as unknown as { _handle: unknown };
    const intake = await Intake.by((acceptor) => guard(tcp, { default: 'allow' }, options).adoptListener!(handle, acceptor));
    intake.listener.close();
    return intake.error;
  };
  expect(await adopted('a', { paths: ['/run/db.sock'] })).toMatchObject({ code: 'ERR_ADDRESS_DENIED', syscall: 'listen' });
  expect(await adopted('b', { paths: true })).toBe(undefined);
});

it('a policy for listening stands in place of the other; one that denies nothing lets everything listen, on paths too', async () => {
  const { ipc } = createNetwork().host('here');
  const free = { listen: { default: 'allow' } } as const;
  for (const [transport, endpoint] of [[tcp, { port: 0 }], [tcp, inet('127.0.0.1', 0)], [ipc, { path: 'a' }]] as const) {
    const guarded = guard(transport, { allow: [] }, free);
    const intake = await Intake.on(guarded, endpoint);
    expect(intake.error).toBe(undefined);
    expect(await dial(guarded, 'path' in endpoint ? endpoint : inet('127.0.0.1', intake.port))).toMatchObject({ code: 'ERR_ADDRESS_DENIED' });
    intake.close();
  }
  const elsewhere = await Intake.on(guard(tcp, { default: 'allow' }, { listen: { allow: ['::1'] } }), inet('127.0.0.1', 0));
  expect(elsewhere.error).toMatchObject({ syscall: 'listen' });
  const path = await Intake.on(guard(ipc, { default: 'allow' }), { path: 'b' });
  expect(path.error).toMatchObject({ code: 'ERR_ADDRESS_DENIED', syscall: 'listen', address: 'b' });
});

it('connections are accepted from whom acceptFrom allows, and others never reach the acceptor', async () => {
  const network = createNetwork();
  const server = network.host('server', '10.0.0.1');
  const [friend, stranger] = [network.host('friend', '10.0.0.2'), network.host('stranger', '10.0.0.3')];
  const intake = await Intake.on(guard(server.tcp, { default: 'allow' }, { acceptFrom: { allow: ['10.0.0.2'] } }), { port: 80 });
  await dial(stranger.tcp, inet('10.0.0.1', 80));
  await dial(friend.tcp, inet('10.0.0.1', 80));
  expect(intake.accepted).toHaveLength(1);
  expect(intake.accepted[0].remote).toMatchObject({ address: expect.stringMatching(/10\.0\.0\.2$/) as string });
  intake.close();
});

it('peers without an address are not judged by acceptFrom', async () => {
  const { ipc } = createNetwork().host('here');
  const intake = await Intake.on(guard(ipc, {}, { paths: true, acceptFrom: { allow: [] } }), { path: 'a' });
  expect(await dial(ipc, { path: 'a' })).toBe(null);
  expect(intake.accepted).toHaveLength(1);
  intake.close();
});

it('who judges connections does not hand out the handle by which others accept them', async () => {
  const judged = await Intake.on(guard(tcp, { allow: ['loopback'] }, { acceptFrom: { allow: ['loopback'] } }), inet('127.0.0.1', 0));
  const plain = await Intake.on(guard(tcp, { allow: ['loopback'] }), inet('127.0.0.1', 0));
  onTestFinished(() => { judged.close(); plain.close(); });
  expect([judged.listener.native, judged.listener.detach?.()]).toEqual([undefined, null]);
  expect(plain.listener.native).toBeDefined();
});
