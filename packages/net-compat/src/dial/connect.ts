import { isIP } from '@netstrata/ip-utils';
import { bare, invalidArgType, invalidArgValue, optionOf, optionsOf } from '@netstrata/stream-core';
import { resolvesNames, type DialEndpoint, type DialOptions, type Transport } from '@netstrata/transport';
import { isStillAt, openAttempt, type DiallingSocket } from './dialling-socket.js';
import { state } from '../shared/socket-face.js';
import { contextOf, known, PLACES, transportTo } from '../shared/context.js';
import { inet } from '../args/endpoints.js';
import { invalidIpAddress } from '../args/errors.js';
import { builtinDns, isWindows, nodeMajor, question, type LookupFunction, type LookupOptions } from '../runtime/runtime.js';
import { checkFamilySelection, checkFunction, checkInt32, checkNoNul, checkNumber, checkPort } from '../args/validate.js';
import { connectToEndpoint } from './connect-to-endpoint.js';
import type { Destination } from './attempts.js';
import { lookUpAll, lookUpOne } from './lookup.js';

/** Node's shortest time for one attempt. */
const SHORTEST_ATTEMPT = 10;

/** Node 20 leaves the check of a host to `dns.lookup`, which calls it so. */
const HOST = nodeMajor === 20 ? 'hostname' : 'options.host';

type Options = Readonly<Record<string, unknown>>;

// What `connect` looks at. No getter runs that Node would not have come to.
const PLACE_OPTIONS = ['localAddress', 'localPort', 'host', 'port', 'autoSelectFamily', 'autoSelectFamilyAttemptTimeout'] as const;
const LOOKUP_OPTIONS = ['lookup', 'family', 'hints'] as const;

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
  const isFree = near.localAddress === undefined && socket[state].details.bound === null;
  // A near end fits one family; of one family Node takes one address.
  if (to.autoSelectFamily && isFree && (!oneFamily || to.autoSelectFamily === 'race')) lookUpAll(socket, to, lookup, asked);
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
  if (autoSelectFamily != null) checkFamilySelection(autoSelectFamily, 'options.autoSelectFamily');
  if (autoSelectFamilyAttemptTimeout != null) checkInt32(autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
  const selects = autoSelectFamily ?? net.autoSelectFamily;
  // Two attempts cannot come from one port.
  const isRace = !localPort && (selects === 'race' || (selects && net.races));
  return {
    given: options,
    host,
    port: checkedPort,
    near: bare({
      localAddress: (localAddress as string | undefined) || undefined,
      localPort: (localPort as number | undefined) || undefined,
    }),
    // True asks for both families: how they are tried is what the net says.
    autoSelectFamily: isRace ? 'race' : Boolean(selects),
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

