import { WRITE_PENDING } from '@netstrata/stream-core';
import { isPathEndpoint, type Endpoint } from '../../contract/endpoint.js';
import { isSystemError } from '../../errors/system-error.js';
import { check, type Suite } from '../harness/bench.js';
import type { Dialer } from '../harness/dialer.js';
import { equal, ok } from '../harness/failure.js';

/** T1 to T5, E2: connections being made. */
export function connectingTests(suite: Suite, dialer: Dialer): void {
  connects(suite, dialer);
  givesUp(suite, dialer);
  endpoints(suite, dialer);

  check(suite, 'T5', 'many connections at once do not mix', async (t) => {
    const intake = await dialer.listen(t.scope);
    const endpoint = dialer.endpointOf(intake);
    intake.hooks.connection = (end) => {
      end.patterned = false;
      end.chunks = [];
      end.hooks.data = () => {
        for (const chunk of end.chunks!.splice(0)) if (end.write(chunk) === WRITE_PENDING) end.readStop();
      };
      end.hooks.writeDone = () => end.readStart();
      end.readStart();
    };
    const ends = Array.from({ length: t.limits.manyConnections }, () => dialer.connect(t.scope, endpoint));
    // Each sends a stretch of its own length: bytes of another connection would break the pattern or the count.
    await Promise.all(
      ends.map(async (end, i) => {
        await end.event('connect');
        end.readStart();
        await end.send(100 + i);
        await end.bytes(100 + i);
      }),
    );
    await intake.accepted(ends.length);
    for (const end of ends) end.close();
    await Promise.all(ends.map((end) => end.event('close')));
  });
}

function connects(suite: Suite, dialer: Dialer): void {
  check(suite, 'T1', 'connect reports to its sink, onConnect first and once', async (t) => {
    const intake = await dialer.listen(t.scope);
    const a = dialer.connect(t.scope, dialer.endpointOf(intake));
    ok(a.connection.sink === a, `T1: ${a.name}: the sink of the connection is not the one given to connect`);
    a.hooks.connect = () => a.readStart();
    const [b] = await intake.accepted(1);
    await b.send(100);
    b.shutdown();
    await a.event('end');
    equal(a.events, ['connect', 'data', 'end'], `T1: ${a.name}: events`);
  });

  check(suite, 'T1', 'a connection that was just made is written to inside onConnect', async (t) => {
    const intake = await dialer.listen(t.scope);
    const a = dialer.connect(t.scope, dialer.endpointOf(intake));
    a.hooks.connect = () => a.write(a.next(1000));
    const [b] = await intake.accepted(1);
    b.readStart();
    await b.bytes(1000);
  });

  check(suite, 'T2', 'a connection that is refused gets onClose(error) alone', async (t) => {
    const a = dialer.connect(t.scope, await dialer.dead(t));
    await t.scope.until(() => a.closed || a.has('connect'), 'the refusal');
    equal(a.events, ['close'], `T2: ${a.name}: events`);
    ok(a.error !== null, `T2: ${a.name}: onClose(null) for a refusal`);
    a.close();
    await t.quiet();
  });

  check(suite, 'E2', 'a refusal carries the syscall connect and the endpoint that was dialled', async (t) => {
    const endpoint = await dialer.dead(t);
    const a = dialer.connect(t.scope, endpoint);
    await t.scope.until(() => a.closed || a.has('connect'), 'the refusal');
    const { error } = a;
    ok(isSystemError(error), `E2: not a system error: ${String(error)}`);
    equal(error.syscall, 'connect', 'E2: the syscall');
    const codes = isPathEndpoint(endpoint) ? ['ECONNREFUSED', 'ENOENT'] : ['ECONNREFUSED'];
    ok(codes.includes(error.code), `E2: the code ${error.code}`);
    const place = isPathEndpoint(endpoint) ? { address: endpoint.path } : { address: endpoint.address, port: endpoint.port };
    equal('port' in error ? { address: error.address, port: error.port } : { address: error.address }, place, 'E2: the place');
  });
}

function givesUp(suite: Suite, dialer: Dialer): void {
  for (const how of ['close', 'abort'] as const) {
    check(suite, 'T3', `${how} before onConnect gives onClose(null) alone`, async (t) => {
      const intake = await dialer.listen(t.scope);
      const a = dialer.connect(t.scope, dialer.endpointOf(intake));
      a[how]();
      await a.event('close');
      await t.quiet();
      equal([a.error, ...a.events], [null, 'close'], `T3: ${a.name}: events`);
    });
  }

  check(suite, 'T3', 'close before a refusal gives onClose(null) alone', async (t) => {
    const a = dialer.connect(t.scope, await dialer.dead(t));
    a.close();
    await a.event('close');
    await t.quiet();
    equal([a.error, ...a.events], [null, 'close'], `T3: ${a.name}: events`);
  });

  check(suite, 'C12', 'close inside onConnect', async (t) => {
    const intake = await dialer.listen(t.scope);
    const a = dialer.connect(t.scope, dialer.endpointOf(intake));
    a.hooks.connect = () => a.close();
    await a.event('close');
    equal([a.error, ...a.events], [null, 'connect', 'close'], `C12: ${a.name}: events`);
  });
}

function endpoints(suite: Suite, dialer: Dialer): void {
  check(suite, 'T4', 'each end knows its own endpoint and that of the other', async (t) => {
    const intake = await dialer.listen(t.scope);
    const endpoint = dialer.endpointOf(intake);
    const { a, b } = await dialer.meet(t.scope, intake);
    equal(a.connection.remote, endpoint, `T4: ${a.name}: remote of the end that dialled`);
    sameWhereKnown(b.connection.local, endpoint, 'T4: local of the accepted end');
    sameWhereKnown(a.connection.local, b.connection.remote, 'T4: local of the dialling end, and remote of the accepted end');
    if (isPathEndpoint(endpoint)) return;
    const addresses = [b.connection.local, b.connection.remote];
    if (dialer.subject.knowsLocal !== false) addresses.push(a.connection.local);
    ok(!addresses.includes(null), `T4: ${a.name} and ${b.name}: an address is missing`);
  });

  check(suite, 'T4', 'a connection that was closed has no endpoints', async (t) => {
    const { a, b } = await dialer.pair(t.scope);
    a.close();
    b.close();
    await Promise.all([a.event('close'), b.event('close')]);
    for (const { connection, name } of [a, b]) {
      equal([connection.local, connection.remote], [null, null], `T4: ${name}: endpoints after close`);
    }
  });
}

/** Paths are often known at one end only; IPv4 may be seen as mapped IPv6 at the other end. */
function sameWhereKnown(one: Endpoint | null, other: Endpoint | null, what: string): void {
  if (one === null || other === null) return;
  if (isPathEndpoint(one) || isPathEndpoint(other) || one.family === other.family) equal(one, other, what);
  else equal(one.port, other.port, what);
}
