import { isIP } from '@netstrata/ip-utils';
import { invalidArgType, invalidArgValue } from '@netstrata/stream-core';
import type { ConnectOptions, Endpoint, Transport } from '@netstrata/transport';
import { Attempt } from './attempt.js';
import { contextOf, tcpOf } from './context.js';
import { inet } from './endpoints.js';
import { invalidAddressFamily, invalidIpAddress } from './errors.js';
import { dialInTurn, interleaved, type Candidate } from './happy-eyeballs.js';
import { builtinDns, isWindows, type LookupAddress, type LookupFunction, type LookupOptions } from './host.js';
import { socketState } from './socket-state.js';
import type { Socket } from './socket.js';
import { checkBoolean, checkFunction, checkInt32, checkNoNul, checkNumber, checkPort, checkString } from './validate.js';

/** Node's shortest time for one attempt. */
const SHORTEST_ATTEMPT = 10;

/** What of `connect`'s options says where to go, checked. */
interface Destination {
  readonly host: string;
  readonly port: number;
  readonly near: ConnectOptions;
  readonly family: number;
  readonly hints: number;
  readonly lookup: LookupFunction | undefined;
  readonly autoSelectFamily: boolean;
  readonly attemptTimeout: number;
}

/** Resolves and connects, as `socket.connect({ host, port, ... })` asks. Throws for bad options. */
export function dialHost(socket: Socket, options: Readonly<Record<string, unknown>>): void {
  const net = contextOf(socket);
  const transport = tcpOf(net);
  const to = destinationOf(socket, options);
  const family = isIP(to.host);
  if (family !== 0) {
    net.clock.nextTick(() => {
      if (socket.connecting) dial(socket, transport, inet(to.host, to.port, family), to.near);
    }, undefined);
    return;
  }
  checkNoNul(to.host, 'options.host');
  const lookup = to.lookup ?? net.lookup;
  if (lookup === undefined) throw invalidArgType('options.lookup', 'of type function', undefined);
  socket._host = to.host;
  const question: LookupOptions = { family: to.family, hints: to.hints };
  if (!isWindows && to.family === 0 && to.hints === 0) question.hints = builtinDns?.ADDRCONFIG ?? 0;
  if (to.autoSelectFamily && to.family === 0 && to.near.localAddress === undefined) lookUpAll(socket, transport, to, lookup, question);
  else lookUpOne(socket, transport, to, lookup, question);
}

function destinationOf(socket: Socket, options: Readonly<Record<string, unknown>>): Destination {
  const net = contextOf(socket);
  const { localAddress, localPort, port, autoSelectFamily, autoSelectFamilyAttemptTimeout, lookup } = options;
  const host = options['host'] || 'localhost';
  checkString(host, 'options.host');
  if (localAddress && isIP(localAddress) === 0) throw invalidIpAddress(localAddress);
  if (localPort) checkNumber(localPort, 'options.localPort');
  if (port !== undefined && typeof port !== 'number' && typeof port !== 'string') {
    throw invalidArgType('options.port', 'one of type number or string', port);
  }
  const checkedPort = port === undefined ? 0 : checkPort(port);
  if (autoSelectFamily !== undefined) checkBoolean(autoSelectFamily, 'options.autoSelectFamily');
  if (autoSelectFamilyAttemptTimeout !== undefined) checkInt32(autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
  if (isIP(host) === 0) {
    if (lookup != null) checkFunction(lookup, 'options.lookup');
    checkHints(options['hints']);
  }
  return {
    host,
    port: checkedPort,
    near: { localAddress: (localAddress as string | undefined) || undefined, localPort: (localPort as number | undefined) || undefined },
    family: familyOf(options['family']),
    hints: (options['hints'] as number | undefined) ?? 0,
    lookup: (lookup ?? undefined) as LookupFunction | undefined,
    autoSelectFamily: autoSelectFamily ?? net.autoSelectFamily,
    attemptTimeout: Math.max(SHORTEST_ATTEMPT, autoSelectFamilyAttemptTimeout ?? net.autoSelectFamilyAttemptTimeout),
  };
}

function checkHints(hints: unknown): void {
  if (!hints || builtinDns === undefined) return;
  const known = builtinDns.ADDRCONFIG | builtinDns.V4MAPPED | builtinDns.ALL;
  if (typeof hints === 'number' && (hints & ~known) !== 0) throw invalidArgValue('hints', hints);
}

function familyOf(family: unknown): number {
  if (family === 'IPv4') return 4;
  if (family === 'IPv6') return 6;
  if (!family) return 0;
  if (family === 4 || family === 6) return family;
  throw invalidArgValue('options.family', family, 'must be one of: 0, 4, 6');
}

/** Connects to one endpoint. */
export function dial(socket: Socket, transport: Transport, endpoint: Endpoint, near: ConnectOptions): void {
  const place: [string, number?, number?] = 'path' in endpoint ? [endpoint.path] : [endpoint.address, endpoint.port, endpoint.family === 'IPv6' ? 6 : 4];
  if (!('path' in endpoint)) {
    socket.emit('connectionAttempt', ...place);
    if (!socket.connecting) return;
  }
  const attempt = new Attempt(transport, endpoint, near, (settled, error) => {
    if (error === null) {
      socketState(socket).connected(settled);
      return;
    }
    if (!socket.connecting) return;
    socket.connecting = false;
    // The bind of a near end comes before there is an attempt.
    if (!('path' in endpoint) && (error as { syscall?: string }).syscall === 'connect') socket.emit('connectionAttemptFailed', ...place, error);
    socketState(socket).attempt = null;
    socket.destroy(error);
  });
  socketState(socket).begin(attempt);
}

function lookUpOne(socket: Socket, transport: Transport, to: Destination, lookup: LookupFunction, question: LookupOptions): void {
  lookup(to.host, question, (error, address, family) => {
    socket.emit('lookup', error, address, family, to.host);
    // Destroyed in a listener, or long before the answer came.
    if (!socket.connecting) return;
    const problem = error ?? problemOf(address, family, to);
    if (problem !== null) {
      failLater(socket, problem);
      return;
    }
    socket._unrefTimer();
    dial(socket, transport, inet(address as string, to.port, family!), to.near);
  });
}

function problemOf(address: unknown, family: unknown, to: Destination): Error | null {
  if (isIP(address) === 0) return invalidIpAddress(address);
  return family === 4 || family === 6 ? null : invalidAddressFamily(family, to.host, to.port);
}

function lookUpAll(socket: Socket, transport: Transport, to: Destination, lookup: LookupFunction, question: LookupOptions): void {
  lookup(to.host, { ...question, all: true }, (error, addresses) => {
    if (!socket.connecting) return;
    if (error) {
      socket.emit('lookup', error, undefined, undefined, to.host);
      if (socket.connecting) failLater(socket, error);
      return;
    }
    const answers: readonly LookupAddress[] = Array.isArray(addresses) ? addresses : [];
    const candidates: Candidate[] = [];
    for (const { address, family } of answers) {
      socket.emit('lookup', null, address, family, to.host);
      if (!socket.connecting) return;
      if (problemOf(address, family, to) === null) candidates.push({ address, port: to.port, family });
    }
    if (candidates.length === 0) {
      const first = answers[0];
      failLater(socket, (first && problemOf(first.address, first.family, to)) ?? invalidIpAddress(first?.address));
      return;
    }
    socket._unrefTimer();
    if (candidates.length === 1) dial(socket, transport, inet(candidates[0].address, to.port, candidates[0].family), to.near);
    else dialInTurn(socket, transport, interleaved(candidates), to.near, to.attemptTimeout);
  });
}

function failLater(socket: Socket, error: Error): void {
  contextOf(socket).clock.nextTick(() => {
    socket.destroy(error);
  }, undefined);
}
