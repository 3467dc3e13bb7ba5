import { isPathEndpoint } from '../../contract/endpoint.js';
import { isSystemError } from '../../errors/system-error.js';
import { check, type Bench, type Suite } from '../harness/bench.js';
import type { Dialer } from '../harness/dialer.js';
import { equal, ok } from '../harness/failure.js';
import type { Intake } from '../harness/intake.js';

/** L1 to L6, E3: listeners. Registered where there is something that listens. */
export function listeningTests(suite: Suite, dialer: Dialer): void {
  listens(suite, dialer);
  conflicts(suite, dialer);
  stops(suite, dialer);
  stopsInside(suite, dialer);

  check(suite, 'L6', 'ref and unref of a listener change nothing else', async (t) => {
    const intake = await dialer.listen(t.scope);
    t.scope.call(() => {
      intake.listener.unref();
      intake.listener.unref();
      intake.listener.ref();
    });
    await dialer.meet(t.scope, intake);
    intake.close();
    await intake.event('close');
    t.scope.call(() => {
      intake.listener.ref();
      intake.listener.unref();
    });
  });
}

function listens(suite: Suite, dialer: Dialer): void {
  check(suite, 'L1', 'onListening comes once and first, and local is final then', async (t) => {
    const asked = await dialer.subject.listenEndpoint();
    const intake = dialer.open(t.scope, asked);
    await intake.event('listening');
    const { local } = intake.listener;
    if (isPathEndpoint(asked)) equal(local, asked, 'L1: local');
    else ok(local !== null && !isPathEndpoint(local) && local.port > 0, 'L1: local has no port');
    if (!isPathEndpoint(asked) && asked.port > 0) equal((local as { port: number }).port, asked.port, 'L1: the port');
    await dialer.meet(t.scope, intake);
    equal(intake.listener.local, local, `L1: ${intake.name}: local later`);
    equal(intake.events, ['listening', 'connection'], `L1: ${intake.name}: events`);
  });

  check(suite, 'L2', 'onConnection gives a connection that is stopped, and works once it has a sink', async (t) => {
    const intake = await dialer.listen(t.scope);
    const { a, b } = await dialer.meet(t.scope, intake);
    await a.send(1000);
    await t.quiet();
    equal(b.events, [], `L2: ${b.name}: events of a connection that was not started`);
    b.readStart();
    a.readStart();
    await b.bytes(1000);
    await b.send(1000);
    await a.bytes(1000);
  });

  check(suite, 'L2', 'a connection may be read and written inside onConnection', async (t) => {
    const intake = await dialer.listen(t.scope);
    intake.hooks.connection = (end) => {
      end.readStart();
      end.write(end.next(500));
    };
    const { a, b } = await dialer.meet(t.scope, intake);
    a.readStart();
    await a.bytes(500);
    await a.send(500);
    await b.bytes(500);
  });

  check(suite, 'L2', 'a connection may be closed inside onConnection, with or without a sink', async (t) => {
    const intake = await dialer.listen(t.scope);
    intake.accept = (connection) => {
      connection.sink = null;
      t.scope.call(() => connection.close());
    };
    const a = dialer.connect(t.scope, dialer.endpointOf(intake));
    a.hooks.connect = () => a.readStart();
    await t.scope.until(() => a.has('end') || a.closed, 'the end of a connection that was turned away');
    intake.accept = null;
    await dialer.meet(t.scope, intake);
  });
}

function conflicts(suite: Suite, dialer: Dialer): void {
  const title = 'listening where somebody listens gives onClose(error) alone, and the first goes on';
  check(suite, 'L3', title, async (t) => {
    const { first, second } = await conflict(t, dialer);
    equal(second.events, ['close'], `L3: ${second.name}: events`);
    ok(second.error !== null, `L3: ${second.name}: onClose(null) for a listener that could not listen`);
    second.close();
    const { a, b } = await dialer.meet(t.scope, first);
    b.readStart();
    await a.send(10);
    await b.bytes(10);
  });

  check(suite, 'E3', 'a conflict is EADDRINUSE of listen, with the endpoint and the text of the system', async (t) => {
    const { first, second } = await conflict(t, dialer);
    const { error } = second;
    const local = first.listener.local!;
    ok(isSystemError(error), `E3: not a system error: ${String(error)}`);
    equal([error.code, error.syscall], ['EADDRINUSE', 'listen'], 'E3: code and syscall');
    equal(error.address, isPathEndpoint(local) ? local.path : local.address, 'E3: the address');
    if (!isPathEndpoint(local)) equal(error.port, local.port, 'E3: the port');
    ok(error.message.startsWith('listen EADDRINUSE: address already in use '), `E3: the message "${error.message}"`);
  });
}

async function conflict(t: Bench, dialer: Dialer): Promise<{ first: Intake; second: Intake }> {
  const first = await dialer.listen(t.scope);
  const second = dialer.open(t.scope, first.listener.local!);
  await t.scope.until(() => second.events.length > 0, 'the conflict');
  return { first, second };
}

function stops(suite: Suite, dialer: Dialer): void {
  check(suite, 'L4', 'close keeps the connections that were accepted', async (t) => {
    const intake = await dialer.listen(t.scope);
    const { a, b } = await dialer.meet(t.scope, intake);
    intake.close();
    await intake.event('close');
    a.readStart();
    b.readStart();
    await Promise.all([a.pump(100_000), b.pump(100_000)]);
    await Promise.all([a.bytes(100_000), b.bytes(100_000)]);
  });

  check(suite, 'L4', 'after close no connection is accepted, and the endpoint is free', async (t) => {
    const intake = await dialer.listen(t.scope);
    const local = intake.listener.local!;
    const endpoint = dialer.endpointOf(intake);
    intake.close();
    await intake.event('close');
    const refused = dialer.connect(t.scope, endpoint);
    await t.scope.until(() => refused.closed || refused.has('connect'), 'the refusal');
    ok(!refused.has('connect'), 'L4: connected to a listener that is closed');
    const again = dialer.open(t.scope, local);
    await again.event('listening');
    await dialer.meet(t.scope, again);
  });

  check(suite, 'L5', 'onClose(null) follows close once, and closing again changes nothing', async (t) => {
    const intake = await dialer.listen(t.scope);
    intake.close();
    intake.close();
    await intake.event('close');
    intake.close();
    await t.quiet();
    equal([intake.error, ...intake.events], [null, 'listening', 'close'], `L5: ${intake.name}: events`);
  });

  check(suite, 'L5', 'close before onListening gives onClose(null) alone', async (t) => {
    const intake = dialer.open(t.scope, await dialer.subject.listenEndpoint());
    intake.close();
    await intake.event('close');
    await t.quiet();
    equal([intake.error, ...intake.events], [null, 'close'], `L5: ${intake.name}: events`);
  });
}

function stopsInside(suite: Suite, dialer: Dialer): void {
  check(suite, 'L5', 'close inside onListening', async (t) => {
    const intake = dialer.open(t.scope, await dialer.subject.listenEndpoint());
    intake.hooks.listening = () => intake.close();
    await intake.event('close');
    equal([intake.error, ...intake.events], [null, 'listening', 'close'], `L5: ${intake.name}: events`);
  });

  check(suite, 'L5', 'close inside onConnection keeps that connection and takes no other', async (t) => {
    const intake = await dialer.listen(t.scope);
    const endpoint = dialer.endpointOf(intake);
    intake.hooks.connection = () => intake.close();
    const dialled = [1, 2, 3].map(() => dialer.connect(t.scope, endpoint));
    await intake.event('close');
    const [b] = await intake.accepted(1);
    equal(intake.events, ['listening', 'connection', 'close'], `L5: ${intake.name}: events`);
    await b.send(10);
    await t.scope.until(() => dialled.every((end) => end.closed || end.has('connect')), 'every dial to be answered');
    // Those beyond the first may have been in the accept queue: connected for a moment, then gone.
    for (const end of dialled) if (!end.closed) end.readStart();
    await t.scope.until(() => dialled.some((end) => end.received === 10), 'the bytes of the one that was accepted');
  });
}
