import { isIP } from '@netstrata/ip-utils';
import { bare, invalidArgType, invalidArgValue, optionsOf } from '@netstrata/stream-core';
import { isPathEndpoint, systemError, type DialOptions, type Endpoint, type Transport } from '@netstrata/transport';
import type { Attempt } from './attempt.js';
import { finishConnect, isStillAt, openAttempt, startAttempt, state, type DiallingSocket } from './dialling-socket.js';
import { isBlocked } from '../args/address-checker.js';
import { contextOf, tcpOf } from '../net/context.js';
import { inet } from '../args/endpoints.js';
import { addressBlocked, invalidAddressFamily, invalidIpAddress } from '../args/errors.js';
import { connectInTurn, interleaved, type Candidate } from './happy-eyeballs.js';
import {
  builtinDns, isWindows, question, systemErrors, type LookupAddress, type LookupFunction, type LookupOptions,
} from '../runtime/runtime.js';
import { checkBoolean, checkFunction, checkInt32, checkNoNul, checkNumber, checkPort, checkString } from '../args/validate.js';

/** Node's shortest time for one attempt. */
const SHORTEST_ATTEMPT = 10;

type Options = Readonly<Record<string, unknown>>;

// What `connect` looks at. No getter runs that Node would not have come to.
const PLACE_OPTIONS = ['localAddress', 'localPort', 'host', 'port', 'autoSelectFamily', 'autoSelectFamilyAttemptTimeout'] as const;
const LOOKUP_OPTIONS = ['lookup', 'family', 'hints'] as const;

/** What of `connect`'s options says where to go, checked. */
interface Destination {
  readonly options: Pick<Options, (typeof PLACE_OPTIONS)[number]>;
  readonly host: string;
  readonly port: number;
  readonly near: DialOptions;
  readonly autoSelectFamily: boolean;
  readonly attemptTimeout: number;
}

/** Resolves and connects, as `socket.connect({ host, port, ... })` asks. Throws for bad options. */
export function connectToHost(socket: DiallingSocket, given: Options): void {
  const net = contextOf(socket);
  const dialState = socket[state];
  const transport = tcpOf(net);
  openAttempt(socket, transport);
  const to = destinationOf(socket, given);
  const family = isIP(to.host);
  if (family !== 0) {
    const { attempt } = dialState.details;
    const go = (): void => {
      if (isStillAt(socket, attempt)) connectToEndpoint(socket, transport, inet(to.host, to.port, family), to.near);
    };
    // A socket that was bound before gets the outcome at once.
    if (dialState.details.bound === null) net.clock.nextTick(go, undefined);
    else go();
    return;
  }
  const options = optionsOf(given, LOOKUP_OPTIONS);
  if (options.lookup != null) checkFunction(options.lookup, 'options.lookup');
  const lookup = (options.lookup as LookupFunction | null | undefined) || net.lookup;
  if (lookup === undefined) throw invalidArgType('options.lookup', 'of type function', undefined);
  socket._host = to.host;
  const asked = questionOf(options);
  const oneFamily = asked.family === 4 || asked.family === 6;
  if (to.autoSelectFamily && !oneFamily && to.near.localAddress === undefined && dialState.details.bound === null) {
    lookUpAll(socket, transport, to, lookup, asked);
  } else {
    lookUpOne(socket, transport, to, lookup, asked);
  }
}

function destinationOf(socket: DiallingSocket, given: Options): Destination {
  const net = contextOf(socket);
  const options = optionsOf(given, PLACE_OPTIONS);
  const { localAddress, localPort, port, autoSelectFamily, autoSelectFamilyAttemptTimeout } = options;
  if (socket[state].details.bound !== null && (localAddress !== undefined || localPort !== undefined)) {
    throw invalidArgValue('options', given, 'localAddress and localPort cannot be used with an adopted bound socket');
  }
  const host = options.host || 'localhost';
  checkString(host, 'options.host');
  checkNoNul(host, 'options.host');
  if (localAddress && isIP(localAddress) === 0) throw invalidIpAddress(localAddress);
  if (localPort) {
    checkNumber(localPort, 'options.localPort');
    checkPort(localPort, 'options.localPort');
  }
  if (port !== undefined && typeof port !== 'number' && typeof port !== 'string') {
    throw invalidArgType('options.port', 'one of type number or string', port);
  }
  const checkedPort = port === undefined ? 0 : checkPort(port);
  if (autoSelectFamily != null) checkBoolean(autoSelectFamily, 'options.autoSelectFamily');
  if (autoSelectFamilyAttemptTimeout != null) checkInt32(autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
  return {
    options,
    host,
    port: checkedPort,
    near: bare({
      localAddress: (localAddress as string | undefined) || undefined,
      localPort: (localPort as number | undefined) || undefined,
    }),
    autoSelectFamily: autoSelectFamily ?? net.autoSelectFamily,
    attemptTimeout: Math.max(SHORTEST_ATTEMPT, autoSelectFamilyAttemptTimeout ?? net.autoSelectFamilyAttemptTimeout),
  };
}

/** What the resolver is asked. It checks family and hints itself; one of the user's own may know others. */
function questionOf(options: Pick<Options, (typeof LOOKUP_OPTIONS)[number]>): LookupOptions {
  const given = options.family;
  const family = given === 'IPv4' ? 4 : given === 'IPv6' ? 6 : (given as number | undefined);
  const hints = (options.hints as number | undefined) || 0;
  const either = family !== 4 && family !== 6;
  return question({ family, hints: !isWindows && either && hints === 0 ? (builtinDns?.ADDRCONFIG ?? 0) : hints });
}

/** Connects to one endpoint. */
export function connectToEndpoint(socket: DiallingSocket, transport: Transport, endpoint: Endpoint, near: DialOptions): void {
  const dialState = socket[state];
  const isPath = isPathEndpoint(endpoint);
  const place: [string, number?, number?] =
    isPath ? [endpoint.path, undefined, undefined] : [endpoint.address, endpoint.port, endpoint.family === 'IPv6' ? 6 : 4];
  const isBound = near.localAddress !== undefined || near.localPort !== undefined;
  if (!isBound && !announce(socket, place)) return;
  if (!isPath && isBlocked(socket.blockList, endpoint.address)) {
    socket.destroy(addressBlocked(endpoint.address));
    return;
  }
  let isImmediate = true;
  const isStarted = startAttempt(socket, transport, endpoint, near, (settled, error) => {
    if (error === null) {
      finishConnect(socket, settled);
      return;
    }
    if (!socket.connecting) return;
    socket.connecting = false;
    // What the system refuses at once was no attempt (Node).
    if (!isImmediate && (error as { syscall?: string }).syscall === 'connect') socket.emit('connectionAttemptFailed', ...place, error);
    socket.destroy(error);
  });
  if (!isStarted) {
    const code = dialState.details.attempt === null || isPath ? 'EISCONN' : 'EALREADY';
    socket.destroy(systemError({ code, syscall: 'connect', endpoint, errors: systemErrors() }));
    return;
  }
  const { attempt } = dialState.details;
  // By the next tick the transport has told what failed at once; that a near end cannot be bound comes before there is an attempt.
  contextOf(socket).clock.nextTick(() => {
    isImmediate = false;
    if (isBound && dialState.details.attempt === attempt) announce(socket, place);
  }, undefined);
}

/** False when a listener has put an end to it. */
function announce(socket: DiallingSocket, place: readonly unknown[]): boolean {
  const { attempt } = socket[state].details;
  socket.emit('connectionAttempt', ...place);
  return isStillAt(socket, attempt);
}

function lookUpOne(socket: DiallingSocket, transport: Transport, to: Destination, lookup: LookupFunction, asked: LookupOptions): void {
  const { attempt } = socket[state].details;
  lookup(to.host, asked, (error, address, family) => {
    socket.emit('lookup', error, address, family, to.host);
    // Destroyed in a listener, or long before the answer came.
    if (!isStillAt(socket, attempt)) return;
    const problem = error || problemOf(address, family, to);
    if (problem !== null) {
      failLater(socket, attempt, problem);
      return;
    }
    socket._unrefTimer();
    connectToEndpoint(socket, transport, inet(address as string, to.port, family!), to.near);
  });
}

function problemOf(address: unknown, family: unknown, { options }: Destination): Error | null {
  if (typeof address !== 'string' || isIP(address) === 0) return invalidIpAddress(address);
  return family === 4 || family === 6 ? null : invalidAddressFamily(family, options.host, options.port);
}

function lookUpAll(socket: DiallingSocket, transport: Transport, to: Destination, lookup: LookupFunction, asked: LookupOptions): void {
  const { attempt } = socket[state].details;
  lookup(to.host, question({ ...asked, all: true }), (error, addresses) => {
    // Destroyed meanwhile, or answered before.
    if (!isStillAt(socket, attempt) || attempt?.dialled) return;
    if (error) {
      socket.emit('lookup', error, undefined, undefined, to.host);
      failLater(socket, attempt, error);
      return;
    }
    const answers: readonly LookupAddress[] = Array.isArray(addresses) ? addresses : [];
    const candidates: Candidate[] = [];
    const known = new Set<string>();
    for (const { address, family } of answers) {
      socket.emit('lookup', error, address, family, to.host);
      if (!isStillAt(socket, attempt)) return;
      if (problemOf(address, family, to) !== null || known.has(`${family} ${address}`)) continue;
      known.add(`${family} ${address}`);
      candidates.push({ address, port: to.port, family });
    }
    if (candidates.length === 0) {
      const first = answers[0];
      failLater(socket, attempt, (first && problemOf(first.address, first.family, to)) ?? invalidIpAddress(first?.address));
      return;
    }
    socket._unrefTimer();
    if (candidates.length === 1 || attempt === null) {
      connectToEndpoint(socket, transport, inet(candidates[0].address, to.port, candidates[0].family), to.near);
    } else {
      connectInTurn(socket, transport, interleaved(candidates), to.near, to.attemptTimeout);
    }
  });
}

function failLater(socket: DiallingSocket, attempt: Attempt | null, error: Error): void {
  contextOf(socket).clock.nextTick(() => {
    if (isStillAt(socket, attempt)) socket.destroy(error);
  }, undefined);
}
