import { isIP } from '@netstrata/ip-utils';
import { bare, invalidArgType, invalidArgValue, optionOf, optionsOf } from '@netstrata/stream-core';
import {
  isNameEndpoint, isPathEndpoint, resolvesNames, systemError, type DialEndpoint, type DialOptions, type Transport,
} from '@netstrata/transport';
import type { Attempt } from './attempt.js';
import { finishConnect, isOfOther, isStillAt, openAttempt, startAttempt, type DiallingSocket } from './dialling-socket.js';
import { state } from '../shared/socket-face.js';
import { blockedAddress, refusalOf } from './block-rules.js';
import { contextOf, known, PLACES, transportTo } from '../shared/context.js';
import { inet } from '../args/endpoints.js';
import { addressBlocked, invalidAddressFamily, invalidIpAddress, noTransport } from '../args/errors.js';
import { connectInTurn, interleaved, type Candidate } from './happy-eyeballs.js';
import {
  builtinDns, isWindows, nodeMajor, question, systemErrors, type LookupAddress, type LookupFunction, type LookupOptions,
} from '../runtime/runtime.js';
import { checkBoolean, checkFunction, checkInt32, checkNoNul, checkNumber, checkPort } from '../args/validate.js';

/** Node's shortest time for one attempt. */
const SHORTEST_ATTEMPT = 10;

/** Node 20 leaves the check of a host to `dns.lookup`, which calls it so. */
const HOST = nodeMajor === 20 ? 'hostname' : 'options.host';

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

/** Resolves and connects a socket, as `socket.connect({ host, port, ... })` asks. Throws for bad options. */
export function connectToHost(socket: DiallingSocket, given: Options): void {
  const { routes, tcp } = contextOf(socket);
  // For TLS sockets that dial; those of ours have begun an attempt. With routes it depends on the place.
  if (routes === null) openAttempt(socket, known(tcp, PLACES));
  const to = destinationOf(socket, given);
  const family = isIP(to.host);
  if (family === 0) connectToName(socket, to, given);
  else {
    const transport = known(transportTo(contextOf(socket), to.host, to.port), `${to.host}:${to.port}`);
    openAttempt(socket, transport);
    goOn(socket, transport, inet(to.host, to.port, family), to.near);
  }
}

/** Nothing has to be looked up. */
function goOn(socket: DiallingSocket, transport: Transport, endpoint: DialEndpoint, near: DialOptions): void {
  const { attempt, bound } = socket[state].details;
  const go = (): void => {
    if (isStillAt(socket, attempt)) connectToEndpoint(socket, transport, endpoint, near);
  };
  // A socket that was bound before gets the outcome at once.
  if (bound === null) contextOf(socket).clock.nextTick(go, undefined);
  else go();
}

function connectToName(socket: DiallingSocket, to: Destination, given: Options): void {
  const net = contextOf(socket);
  const { host, port, near } = to;
  const options = optionsOf(given, LOOKUP_OPTIONS);
  if (options.lookup != null) checkFunction(options.lookup, 'options.lookup');
  if (net.routes !== null) {
    const found = net.routes.ofName(host, port);
    const transport = found === null ? null : known(found, `${host}:${port}`);
    openAttempt(socket, transport);
    if (transport !== null && resolvesNames(transport)) {
      socket._host = host;
      goOn(socket, transport, { host, port }, near);
      return;
    }
  }
  const lookup = (options.lookup as LookupFunction | null | undefined) || net.lookup;
  if (lookup === undefined) throw invalidArgType('options.lookup', 'of type function', undefined);
  socket._host = host;
  const { attempt } = socket[state].details;
  if (attempt !== null) attempt.hasName = true;
  const asked = questionOf(options);
  const oneFamily = asked.family === 4 || asked.family === 6;
  const inTurn = to.autoSelectFamily && !oneFamily && near.localAddress === undefined && socket[state].details.bound === null;
  if (inTurn) lookUpAll(socket, to, lookup, asked);
  else lookUpOne(socket, to, lookup, asked);
}

function destinationOf(socket: DiallingSocket, given: Options): Destination {
  const net = contextOf(socket);
  const options = optionsOf(given, PLACE_OPTIONS);
  const { localAddress, localPort, port, autoSelectFamily, autoSelectFamilyAttemptTimeout } = options;
  if (socket[state].details.bound !== null && (localAddress !== undefined || localPort !== undefined)) {
    throw invalidArgValue('options', given, 'localAddress and localPort cannot be used with an adopted bound socket');
  }
  const host = options.host || 'localhost';
  // With a `lookup` of the program's nobody would call it that.
  if (typeof host !== 'string') throw invalidArgType(optionOf(given, 'lookup') == null ? HOST : 'options.host', 'of type string', host);
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
  return question({ family, hints: !isWindows && either && hints === 0 ? (builtinDns()?.ADDRCONFIG ?? 0) : hints });
}

/** Connects to one endpoint: a name where the transport resolves names. */
export function connectToEndpoint(socket: DiallingSocket, transport: Transport, endpoint: DialEndpoint, near: DialOptions): void {
  const dialState = socket[state];
  const isPath = isPathEndpoint(endpoint);
  const place = placeOf(endpoint);
  const isBound = near.localAddress !== undefined || near.localPort !== undefined;
  if (!isBound && !announce(socket, place)) return;
  const blocked = isPath ? null : blockedAddress(socket.blockList, endpoint);
  if (blocked !== null) {
    socket.destroy(addressBlocked(blocked));
    return;
  }
  let isImmediate = true;
  const isStarted = startAttempt(socket, transport, endpoint, near, (settled, error) => {
    if (error === null) {
      const refusal = isNameEndpoint(endpoint) ? refusalOf(socket.blockList, endpoint, settled.connection!.remote) : null;
      if (refusal === null) finishConnect(socket, settled);
      else socket.destroy(refusal);
      return;
    }
    if (!socket.connecting) return;
    socket.connecting = false;
    // What the system refuses at once was no attempt (Node).
    if (!isImmediate && (error as { syscall?: string }).syscall === 'connect') socket.emit('connectionAttemptFailed', ...place, error);
    socket.destroy(error);
  });
  if (!isStarted) {
    const { attempt } = dialState.details;
    const code = attempt !== null && isOfOther(dialState, transport) ? 'EINVAL' : attempt === null || isPath ? 'EISCONN' : 'EALREADY';
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

/** As the events of attempts tell it. A name that is resolved elsewhere is of no family. */
function placeOf(endpoint: DialEndpoint): [string, number?, number?] {
  if (isPathEndpoint(endpoint)) return [endpoint.path, undefined, undefined];
  if (isNameEndpoint(endpoint)) return [endpoint.host, endpoint.port, 0];
  return [endpoint.address, endpoint.port, endpoint.family === 'IPv6' ? 6 : 4];
}

/** False when a listener has put an end to it. */
function announce(socket: DiallingSocket, place: readonly unknown[]): boolean {
  const { attempt } = socket[state].details;
  socket.emit('connectionAttempt', ...place);
  return isStillAt(socket, attempt);
}

function lookUpOne(socket: DiallingSocket, to: Destination, lookup: LookupFunction, asked: LookupOptions): void {
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
    connectToAddress(socket, to, attempt, { address: address as string, family: family! });
  });
}

/** Connects to an address of a host. */
function connectToAddress(socket: DiallingSocket, { host, port, near }: Destination, attempt: Attempt | null, found: LookupAddress): void {
  const transport = transportTo(contextOf(socket), found.address, port, host);
  if (transport === undefined) failLater(socket, attempt, noTransport(`${host} at ${found.address}:${port}`));
  else connectToEndpoint(socket, transport, inet(found.address, port, found.family), near);
}

function problemOf(address: unknown, family: unknown, { options }: Destination): Error | null {
  if (typeof address !== 'string' || isIP(address) === 0) return invalidIpAddress(address);
  return family === 4 || family === 6 ? null : invalidAddressFamily(family, options.host, options.port);
}

function lookUpAll(socket: DiallingSocket, to: Destination, lookup: LookupFunction, asked: LookupOptions): void {
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
    const seen = new Set<string>();
    for (const { address, family } of answers) {
      socket.emit('lookup', error, address, family, to.host);
      if (!isStillAt(socket, attempt)) return;
      if (problemOf(address, family, to) !== null || seen.has(`${family} ${address}`)) continue;
      seen.add(`${family} ${address}`);
      candidates.push({ address, port: to.port, family, transport: transportTo(contextOf(socket), address, to.port, to.host) });
    }
    if (candidates.length === 0) {
      const first = answers[0];
      failLater(socket, attempt, (first && problemOf(first.address, first.family, to)) ?? invalidIpAddress(first?.address));
      return;
    }
    socket._unrefTimer();
    if (candidates.length === 1 || attempt === null) {
      connectToAddress(socket, to, attempt, candidates[0]);
    } else {
      connectInTurn(socket, interleaved(candidates), to.near, to.attemptTimeout);
    }
  });
}

function failLater(socket: DiallingSocket, attempt: Attempt | null, error: Error): void {
  contextOf(socket).clock.nextTick(() => {
    if (isStillAt(socket, attempt)) socket.destroy(error);
  }, undefined);
}
