import { isSystemError } from '@netstrata/transport';
import { createNetwork } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import { expect, it, onTestFinished } from 'vitest';
import { guard } from '../src/index.js';
import { dial, inet, Intake } from './support/ends.js';
import { resolving } from './support/resolving.js';

it('what a rule denies fails with a system error that names the place and the rule', async () => {
  const error = await dial(guard(tcp, { deny: ['127.0.0.0/8'] }), inet('127.0.0.1', 80));
  expect(error).toMatchObject({
    message: 'connect ERR_ADDRESS_DENIED: denied by the rule 127.0.0.0/8: 127.0.0.1:80',
    code: 'ERR_ADDRESS_DENIED', errno: -13, syscall: 'connect', address: '127.0.0.1', port: 80, rule: '127.0.0.0/8',
  });
  expect(isSystemError(error)).toBe(true);
});

it('what no rule allows fails with no rule, and a rule in parts is named as it was written', async () => {
  const nothing = await dial(guard(tcp, { allow: ['global'] }), inet('::1', 443));
  expect(nothing).toMatchObject({ message: 'connect ERR_ADDRESS_DENIED: not allowed by the policy: ::1:443', address: '::1', port: 443, rule: null });
  const rule = { class: 'loopback', port: 443 } as const;
  expect((await dial(guard(tcp, { deny: [rule] }), inet('::1', 443)))!.rule).toBe(rule);
});

it('what is allowed is dialled by the transport below, which gives its own connection', async () => {
  const intake = await Intake.on(tcp, inet('127.0.0.1', 0));
  onTestFinished(() => { intake.close(); });
  const guarded = guard(tcp, { allow: [`127.0.0.1:${intake.port}`] });
  expect(await dial(guarded, inet('127.0.0.1', intake.port))).toBe(null);
  expect(await dial(guarded, inet('127.0.0.1', intake.port === 1 ? 2 : 1))).toMatchObject({ code: 'ERR_ADDRESS_DENIED' });
  const below = tcp.open!();
  const sink = { onConnect() {}, onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose() {} };
  expect(guarded.connect(inet('127.0.0.1', intake.port), sink, { from: below })).toBe(below);
  below.close();
});

it('a connection that was opened before is closed when it is refused', async () => {
  const guarded = guard(tcp, { allow: ['global'] });
  const from = guarded.open!({ local: inet('127.0.0.1', 0) });
  const { port } = from.local as { port: number };
  expect(await dial(guarded, inet('127.0.0.1', 80), { from })).toMatchObject({ code: 'ERR_ADDRESS_DENIED' });
  // Its port is free again.
  const intake = await Intake.on(tcp, inet('127.0.0.1', port));
  expect(intake.error).toBe(undefined);
  intake.close();
});

it.skipIf(tcp.capabilities.lend !== true)('a handle that was lent stays open when the dial is refused, and can be dialled elsewhere', async () => {
  const intake = await Intake.on(tcp, inet('127.0.0.1', 0));
  onTestFinished(() => { intake.close(); });
  const guarded = guard(tcp, { allow: ['127.0.0.1'] });
  const opened = guarded.open!();
  const lend = () => guarded.adoptConnection!(opened.native, { lent: true });
  expect(await dial(guarded, inet('127.0.0.2', 80), { from: lend() })).toMatchObject({ code: 'ERR_ADDRESS_DENIED' });
  expect(await dial(guarded, inet('127.0.0.1', intake.port), { from: lend() })).toBe(null);
  opened.sink = { onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose() {} };
  opened.close();
});

it('a dial that is refused can be closed before it says so', async () => {
  const events: unknown[] = [];
  const sink = { onConnect() {}, onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose: (error: unknown) => { events.push(error); } };
  guard(tcp, { allow: [] }).connect(inet('127.0.0.1', 80), sink).close();
  await new Promise(setImmediate);
  expect(events).toEqual([null]);
});

it('paths are dialled where the options name them', async () => {
  const { ipc } = createNetwork().host('here');
  const intake = await Intake.on(ipc, { path: '/run/db.sock' });
  onTestFinished(() => { intake.close(); });
  const everywhere = { default: 'allow' } as const;
  expect(await dial(guard(ipc, everywhere), { path: '/run/db.sock' })).toMatchObject({
    message: 'connect ERR_ADDRESS_DENIED: not allowed by the policy: /run/db.sock', address: '/run/db.sock', rule: null, syscall: 'connect',
  });
  expect(await dial(guard(ipc, everywhere, { paths: ['/run/db.sock'] }), { path: '/run/db.sock' })).toBe(null);
  expect(await dial(guard(ipc, everywhere, { paths: ['/run/db.sock'] }), { path: '/run/../run/db.sock' })).toMatchObject({ code: 'ERR_ADDRESS_DENIED' });
  expect(await dial(guard(ipc, { allow: [] }, { paths: true }), { path: '/run/db.sock' })).toBe(null);
});

it('a place that changes between the check and the dial is read once', async () => {
  const seen: unknown[] = [];
  const below = resolving(createNetwork().host('here', '10.0.0.1').tcp, () => undefined, seen);
  let reads = 0;
  const endpoint = { get address() { return reads++ === 0 ? '192.0.2.1' : '10.0.0.1'; }, port: 1, family: 'IPv4' } as const;
  await dial(guard(below, { deny: ['private'] }), Object.create(endpoint) as typeof endpoint);
  expect([reads, seen]).toEqual([1, [{ address: '192.0.2.1', port: 1, family: 'IPv4' }]]);
});

it('of a place that could be read in two ways only what was judged reaches the transport', async () => {
  const seen: unknown[] = [];
  const below = resolving(createNetwork().host('here', '10.0.0.1').tcp, () => undefined, seen);
  await dial(guard(below, { deny: ['private'] }, { hosts: ['*'] }), { host: 'example.org', port: 1, address: '10.0.0.1', family: 'IPv4' } as never);
  expect(seen).toEqual([{ host: 'example.org', port: 1 }]);
});

it('what is no endpoint is thrown, as by the transports below', () => {
  const guarded = guard(tcp, { default: 'allow' });
  const to = (endpoint: object) => () => guarded.connect(endpoint as never, {} as never);
  expect(to(inet('127.1', 80))).toThrow(expect.objectContaining({ code: 'ERR_INVALID_IP_ADDRESS' }) as Error);
  expect(to(inet('127.0.0.1', 65536))).toThrow(expect.objectContaining({ code: 'ERR_SOCKET_BAD_PORT' }) as Error);
  expect(to({ host: 5, port: 80 })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }) as Error);
});
