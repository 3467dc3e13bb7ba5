import { isIP } from '@netstrata/ip-utils';
import { inet } from '../args/endpoints.js';
import { invalidAddressFamily, invalidIpAddress, noTransport } from '../args/errors.js';
import { builtinDns, question, type LookupAddress, type LookupFunction, type LookupOptions } from '../runtime/runtime.js';
import { contextOf, transportTo } from '../shared/context.js';
import { state } from '../shared/socket-face.js';
import type { Attempt } from './attempt.js';
import { connectToEndpoint } from './connect-to-endpoint.js';
import { isStillAt, type DiallingSocket } from './dialling-socket.js';
import { Attempts, type Candidate, type Destination } from './attempts.js';

/** How long addresses of the other family wait for those that come first by rights (RFC 8305 section 3), in milliseconds. */
const RESOLUTION_DELAY = 50;

/** Asks for one address of a host, and connects to it. */
export function lookUpOne(socket: DiallingSocket, to: Destination, lookup: LookupFunction, asked: LookupOptions): void {
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

function problemOf(address: unknown, family: unknown, { given }: Destination): Error | null {
  if (typeof address !== 'string' || isIP(address) === 0) return invalidIpAddress(address);
  return family === 4 || family === 6 ? null : invalidAddressFamily(family, given.host, given.port);
}

/**
 * Asks for all addresses of a host, and tries them. For a race each family is asked for by itself, so that a name server that does not
 * answer for one of them holds up nothing; the program may have said which one.
 */
export function lookUpAll(socket: DiallingSocket, to: Destination, lookup: LookupFunction, asked: LookupOptions): void {
  const isRace = to.autoSelectFamily === 'race';
  const { worked } = contextOf(socket);
  const isApart = isRace && asked.family !== 4 && asked.family !== 6;
  const first = isApart ? (worked?.of(to.host)?.family ?? (prefersIPv4() ? 4 : 6)) : asked.family;
  const families = isApart ? [first, 10 - (first as number)] : [first];
  const attempts = new Attempts(socket, to, first as number);
  // A resolver may answer with everything, whatever family it is asked for.
  const seen = new Set<string>();
  let open = families.length;
  let failure: Error | null = null;
  let isFirstKnown = false;
  const answered = (family: LookupOptions['family'], error: Error | null, answers: readonly LookupAddress[]): void => {
    isFirstKnown ||= Object.is(family, first);
    attempts.isComplete = --open === 0;
    const candidates = candidatesOf(socket, to, error, error ? [] : answers, attempts.current, seen);
    if (candidates === null) return;
    if (candidates.length > 0 && (attempts.current === null || (candidates.length === 1 && !isRace))) {
      socket._unrefTimer();
      connectToAddress(socket, to, attempts.current, candidates[0]);
    } else if (candidates.length > 0) {
      socket._unrefTimer();
      attempts.add(candidates, isFirstKnown ? 0 : RESOLUTION_DELAY);
    } else {
      // What there is to say of IPv4 says more: many hosts have nothing else.
      if (failure === null || family === 4) failure = error ?? noAddress(answers, to);
      if (attempts.isIdle || !attempts.dialled) attempts.next();
      if (!attempts.isComplete || !attempts.isIdle || attempts.dialled || !isStillAt(socket, attempts.current)) return;
      // That one family has no address is told only where the other has none either.
      if (error) socket.emit('lookup', failure, undefined, undefined, to.host);
      failLater(socket, attempts.current, failure);
    }
  };
  for (const family of families) {
    let isAnswered = false;
    lookup(to.host, question({ ...asked, family, all: true }), (error, addresses, of) => {
      // Destroyed meanwhile, or answered before.
      if (isAnswered || !isStillAt(socket, attempts.current)) return;
      isAnswered = true;
      const answers = Array.isArray(addresses) ? addresses : isRace ? [{ address: addresses, family: of! }] : [];
      answered(family, error || null, answers);
    });
    if (!isStillAt(socket, attempts.current)) return;
  }
}

/** What the program has said of the order of addresses. */
function prefersIPv4(): boolean {
  return builtinDns()?.getDefaultResultOrder?.() === 'ipv4first';
}

/** What a resolver of the program's may have put among its answers instead of one. */
const NO_ANSWER = {} as LookupAddress;

/** The addresses among a resolver's answers, each told with 'lookup'. Null when a listener has put an end to the attempt. */
function candidatesOf(
  socket: DiallingSocket, to: Destination, error: unknown, answers: readonly LookupAddress[], attempt: Attempt | null,
  seen: Set<string>,
): Candidate[] | null {
  const candidates: Candidate[] = [];
  for (const answer of answers as readonly (LookupAddress | null | undefined)[]) {
    const { address, family } = answer ?? NO_ANSWER;
    socket.emit('lookup', error, address, family, to.host);
    if (!isStillAt(socket, attempt)) return null;
    if (problemOf(address, family, to) !== null || seen.has(`${family} ${address}`)) continue;
    seen.add(`${family} ${address}`);
    candidates.push({ address, port: to.port, family, transport: transportTo(contextOf(socket), address, to.port, to.host) });
  }
  return candidates;
}

/** Why there is nothing among the answers. */
function noAddress([first]: readonly LookupAddress[], to: Destination): Error {
  return (first && problemOf(first.address, first.family, to)) ?? invalidIpAddress(first?.address);
}

/** Fails as soon as the caller has come to an end. */
function failLater(socket: DiallingSocket, attempt: Attempt | null, error: Error): void {
  contextOf(socket).clock.nextTick(() => {
    if (isStillAt(socket, attempt)) socket.destroy(error);
  }, undefined);
}
