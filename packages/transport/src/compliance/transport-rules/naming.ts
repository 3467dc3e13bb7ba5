import { isIP } from '@netstrata/ip-utils';
import { isPathEndpoint, type NameEndpoint } from '../../contract/endpoint.js';
import { isSystemError } from '../../errors/system-error.js';
import { check, type Bench, type Suite } from '../harness/bench.js';
import type { Dialer } from '../harness/dialer.js';
import type { End } from '../harness/end.js';
import { equal, ok } from '../harness/failure.js';

/** T10: names that the far end resolves. */
export function namingTests(suite: Suite, dialer: Dialer): void {
  check(suite, 'T10', 'a name leads where its address does, as well as that (names)', async (t) => {
    const intake = await dialer.listen(t.scope);
    const a = dialer.connect(t.scope, dialer.nameOf(intake));
    await a.event('connect');
    const [b] = await intake.accepted(1);
    const { remote } = a.connection;
    ok(remote === null || (!isPathEndpoint(remote) && isIP(remote.address) !== 0), `T10: remote is no address: ${JSON.stringify(remote)}`);
    a.readStart();
    b.readStart();
    await Promise.all([a.send(1000), b.send(1000)]);
    await Promise.all([a.bytes(1000), b.bytes(1000)]);
    await dialer.meet(t.scope, intake);
  });

  check(suite, 'T10', 'a name of which nobody knows gets onClose(error) alone, with the name (names)', async (t) => {
    await fails(t, dialer, { host: dialer.subject.unknownName ?? 'nobody.invalid', port: 80 });
  });

  check(suite, 'T10', 'a name where nobody listens gets onClose(error) alone, with the name (names)', async (t) => {
    const intake = await dialer.listen(t.scope);
    const endpoint = dialer.nameOf(intake);
    intake.close();
    await intake.event('close');
    await fails(t, dialer, endpoint);
  });

  check(suite, 'T10', 'close before onConnect gives onClose(null) alone (names)', async (t) => {
    const intake = await dialer.listen(t.scope);
    const a = dialer.connect(t.scope, dialer.nameOf(intake));
    a.close();
    await a.event('close');
    await t.quiet();
    equal([a.error, ...a.events], [null, 'close'], 'T10: events');
  });

  if (dialer.listening.capabilities.names === true && dialer.listening.listen) listensOnName(suite, dialer);
}

async function fails(t: Bench, dialer: Dialer, endpoint: NameEndpoint): Promise<void> {
  const a: End = dialer.connect(t.scope, endpoint);
  await t.scope.until(() => a.closed || a.has('connect'), 'the failure');
  equal(a.events, ['close'], 'T10: events');
  const { error } = a;
  ok(isSystemError(error), `T10: not a system error: ${String(error)}`);
  equal([error.syscall, error.address, error.port], ['connect', endpoint.host, endpoint.port], 'T10: syscall and place');
}

function listensOnName(suite: Suite, dialer: Dialer): void {
  check(suite, 'T10', 'a name can be listened on (names, listen)', async (t) => {
    const before = await dialer.listen(t.scope);
    const { host } = dialer.nameOf(before);
    before.close();
    await before.event('close');
    const intake = dialer.open(t.scope, { host, port: 0 });
    await intake.event('listening');
    const { a, b } = await dialer.meet(t.scope, intake);
    b.readStart();
    await a.send(10);
    await b.bytes(10);
  });
}
