import { isPathEndpoint, type Endpoint } from '../../contract/endpoint.js';
import { isSystemError } from '../../errors/system-error.js';
import type { OpenOptions } from '../../contract/transport.js';
import { check, type Suite } from '../harness/bench.js';
import type { Dialer } from '../harness/dialer.js';
import { End } from '../harness/end.js';
import { equal, ok, thrownBy } from '../harness/failure.js';
import type { Scope } from '../harness/scope.js';

/** T9: connections before they lead anywhere. */
export function openTests(suite: Suite, dialer: Dialer): void {
  const { transport } = dialer.subject;
  const open = (scope: Scope, options?: OpenOptions): End => new End(scope, 'opened end', scope.call(() => transport.open!(options)));

  check(suite, 'T9', 'what leads nowhere can be held, let go and closed (open)', async (t) => {
    const a = open(t.scope);
    t.scope.call(() => {
      a.connection.unref();
      a.connection.ref();
    });
    equal([a.connection.remote, a.connection.bytesRead, a.connection.bytesWritten], [null, 0, 0], `T9: ${a.name}: remote and counters`);
    a.close();
    await a.event('close');
    equal([a.events, a.error], [['close'], null], `T9: ${a.name}: events`);
  });

  check(suite, 'T9', 'connect goes on with what was opened (open)', async (t) => {
    const intake = await dialer.listen(t.scope);
    const from = t.scope.call(() => transport.open!());
    const { a, b } = await dialer.meet(t.scope, intake, { from });
    ok(a.connection === from, `T9: ${a.name}: connect made another connection`);
    b.readStart();
    await a.send(1000);
    await b.bytes(1000);
  });

  check(suite, 'T9', 'what was opened may fail to connect (open)', async (t) => {
    const dead = await dialer.dead(t);
    const a = dialer.connect(t.scope, dead, { from: t.scope.call(() => transport.open!()) });
    await t.scope.until(() => a.closed || a.has('connect'), 'the failure');
    equal(a.events, ['close'], `T9: ${a.name}: events`);
    ok(isSystemError(a.error) && a.error.syscall === 'connect', `T9: ${a.name}: not an error of connect`);
  });

  if (transport.capabilities.bind) boundTests(suite, dialer, open);
}

function boundTests(suite: Suite, dialer: Dialer, open: (scope: Scope, options?: OpenOptions) => End): void {
  const { transport, localAddress = '127.0.0.1', foreignAddress = '192.0.2.1' } = dialer.subject;

  check(suite, 'T9', 'it is bound when open returns, and dials from there (open, bind)', async (t) => {
    const intake = await dialer.listen(t.scope);
    const bound = open(t.scope, { local: anyPortOf(localAddress) });
    const { local } = bound.connection;
    ok(local !== null && !isPathEndpoint(local) && local.port !== 0, 'T9: no local port');
    equal(local.address, localAddress, 'T9: local address');
    bound.forget();
    const { a } = await dialer.meet(t.scope, intake, { from: bound.connection });
    equal(a.connection.local, local, `T9: ${a.name}: local`);
  });

  check(suite, 'T9', 'what cannot be bound is thrown (open, bind)', async (t) => {
    await t.quiet();
    const error = t.scope.call(() => thrownBy(() => transport.open!({ local: anyPortOf(foreignAddress) })));
    ok(isSystemError(error), `T9: open threw ${String(error)}`);
    equal([error.syscall, error.address], ['bind', foreignAddress], 'T9: syscall and address');
  });
}

function anyPortOf(address: string): Endpoint {
  return { address, port: 0, family: address.includes(':') ? 'IPv6' : 'IPv4' };
}
