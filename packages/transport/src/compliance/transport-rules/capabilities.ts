import { isError } from '@netstrata/stream-core';
import { isPathEndpoint } from '../../contract/endpoint.js';
import { isSystemError } from '../../errors/system-error.js';
import type { Connection, Transport } from '../../contract/transport.js';
import { check, type Bench, type Suite } from '../harness/bench.js';
import type { Dialer } from '../harness/dialer.js';
import { End } from '../harness/end.js';
import { equal, ok, thrownBy } from '../harness/failure.js';
import { Intake } from '../harness/intake.js';
import { namingTests } from './naming.js';
import { openTests } from './opening.js';

/** T6 to T10: what the transport says of itself, on both branches: present and working, or absent. */
export function capabilityTests(suite: Suite, dialer: Dialer): void {
  const { transport } = dialer.subject;

  check(suite, 'T6', 'methods are there exactly when their capability is', async (t) => {
    const { capabilities } = transport;
    equal(typeof transport.listen, capabilities.listen ? 'function' : 'undefined', 'T6: listen');
    equal(typeof transport.open, capabilities.open ? 'function' : 'undefined', 'T6: open');
    for (const method of ['adoptConnection', 'adoptListener'] as const) {
      equal(typeof transport[method], capabilities.adopt ? 'function' : 'undefined', `T6: ${method}`);
    }
    const { a } = await dialer.pair(t.scope);
    for (const [method, capability] of OPTIONAL) {
      equal(typeof a.connection[method], capabilities[capability] ? 'function' : 'undefined', `T6: ${method}`);
    }
  });

  check(suite, 'T6', 'the methods that are there work, at both ends', async (t) => {
    const { a, b } = await dialer.pair(t.scope);
    for (const end of [a, b]) t.scope.call(() => configure(end.connection));
    b.readStart();
    await a.send(1000);
    await b.bytes(1000);
  });

  if (transport.capabilities.bind) bound(suite, dialer);
  else unbound(suite, dialer);
  if (transport.capabilities.adopt) adopted(suite, dialer, transport);
  if (transport.capabilities.open) openTests(suite, dialer);
  if (transport.capabilities.names) namingTests(suite, dialer);
}

const OPTIONAL = [
  ['setNoDelay', 'noDelay'],
  ['setKeepAlive', 'keepAlive'],
  ['setTypeOfService', 'typeOfService'],
  ['getTypeOfService', 'typeOfService'],
] as const;

function configure(connection: Connection): void {
  connection.setNoDelay?.(true);
  connection.setNoDelay?.(false);
  connection.setKeepAlive?.(true, 1000);
  connection.setKeepAlive?.(true, 5000, 2000, 3);
  connection.setKeepAlive?.(false, 0);
  connection.setTypeOfService?.(0x10);
  if (connection.getTypeOfService) equal(connection.getTypeOfService(), 0x10, 'T6: the type of service');
}

function bound(suite: Suite, dialer: Dialer): void {
  const { localAddress = '127.0.0.1', foreignAddress = '192.0.2.1' } = dialer.subject;

  check(suite, 'T7', 'localAddress and localPort bind the near end (bind)', async (t) => {
    const free = await dialer.dead(t);
    const localPort = isPathEndpoint(free) ? undefined : free.port;
    const { a, b } = await dialer.pair(t.scope, { localAddress, localPort });
    const { local } = a.connection;
    ok(local !== null && !isPathEndpoint(local), 'T7: no local address');
    equal([local.address, local.port], [localAddress, localPort ?? local.port], 'T7: local');
    sameAddress(b, localAddress);
  });

  check(suite, 'T7', 'a near end that cannot be bound gives onClose(error) of bind, alone (bind)', async (t) => {
    const intake = await dialer.listen(t.scope);
    const a = dialer.connect(t.scope, dialer.endpointOf(intake), { localAddress: foreignAddress });
    await t.scope.until(() => a.closed || a.has('connect'), 'the failure');
    equal(a.events, ['close'], `T7: ${a.name}: events`);
    ok(isSystemError(a.error), `T7: ${a.name}: not a system error`);
    equal([a.error.syscall, a.error.address], ['bind', foreignAddress], `T7: ${a.name}: syscall and address`);
  });
}

/** The accepted end may see IPv4 as mapped IPv6. */
function sameAddress(end: End, address: string): void {
  const { remote } = end.connection;
  ok(remote !== null && !isPathEndpoint(remote) && remote.address.endsWith(address), `T7: the peer sees ${JSON.stringify(remote)}`);
}

function unbound(suite: Suite, dialer: Dialer): void {
  check(suite, 'T7', 'localAddress and localPort are ignored (no bind)', async (t) => {
    const { a, b } = await dialer.pair(t.scope, { localAddress: '192.0.2.1', localPort: 1 });
    b.readStart();
    await a.send(10);
    await b.bytes(10);
  });
}

function adopted(suite: Suite, dialer: Dialer, transport: Transport): void {
  check(suite, 'T8', 'what is not a handle or a descriptor is refused with an error that has a code (adopt)', async (t) => {
    await t.quiet();
    for (const nonsense of [-1, {}]) {
      const error = t.scope.call(() => thrownBy(() => transport.adoptConnection!(nonsense)));
      const hasCode = isError(error) && typeof (error as { code?: unknown }).code === 'string';
      ok(hasCode, `T8: adoptConnection(${JSON.stringify(nonsense)}) threw ${String(error)}`);
    }
  });

  check(suite, 'T8', 'a connection that was detached goes on where it is adopted (adopt)', async (t) => {
    const { a, b } = await dialer.pair(t.scope);
    if (!a.connection.detach) return;
    const native = t.scope.call(() => a.connection.detach!());
    // Null: it cannot be given up here, and the connection goes on.
    if (native === null) return;
    a.forget();
    const heir = new End(t.scope, 'adopting end', t.scope.call(() => transport.adoptConnection!(native)));
    heir.readStart();
    b.readStart();
    await Promise.all([heir.send(1000), b.send(1000)]);
    await Promise.all([heir.bytes(1000), b.bytes(1000)]);
  });

  if (transport.capabilities.lend === true && transport.open !== undefined) {
    check(suite, 'T8', 'a handle that was lent is dialled with, and left open (lend)', lentHandle(dialer, transport));
  }

  check(suite, 'T8', 'a listener that was detached goes on where it is adopted (adopt)', adoptListener(dialer, transport));
}

/** Where `open` has no native handle before it dials there is nothing to lend. */
function lentHandle(dialer: Dialer, transport: Transport): (t: Bench) => Promise<void> {
  return async (t) => {
    const intake = await dialer.listen(t.scope);
    const native = t.scope.call(() => transport.open!().detach?.());
    if (native == null) return;
    const from = t.scope.call(() => transport.adoptConnection!(native, { lent: true }));
    const { a: lent, b } = await dialer.meet(t.scope, intake, { from });
    lent.close();
    await lent.event('close');
    equal(lent.error, null, `T8: ${lent.name}: error of what was lent`);
    const heir = new End(t.scope, 'adopting end', t.scope.call(() => transport.adoptConnection!(native)));
    heir.readStart();
    b.readStart();
    await Promise.all([heir.send(1000), b.send(1000)]);
    await Promise.all([heir.bytes(1000), b.bytes(1000)]);
  };
}

function adoptListener(dialer: Dialer, transport: Transport): (t: Bench) => Promise<void> {
  return async (t) => {
    const intake = await dialer.listen(t.scope);
    if (!intake.listener.detach || !transport.listen) return;
    const endpoint = dialer.endpointOf(intake);
    const native = t.scope.call(() => intake.listener.detach!());
    // Null: it cannot be given up here, and the listener goes on.
    if (native === null) return;
    intake.forget();
    // An Intake listens through whatever it is given: here, by adopting.
    const adopting: Transport = { ...transport, listen: (_, acceptor, options) => transport.adoptListener!(native, acceptor, options) };
    const heir = new Intake(t.scope, adopting, endpoint);
    await heir.event('listening');
    const { a, b } = await dialer.meet(t.scope, heir);
    b.readStart();
    await a.send(10);
    await b.bytes(10);
  };
}

