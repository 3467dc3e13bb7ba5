import { isIP } from '@netstrata/ip-utils';
import type { DialOptions } from '@netstrata/transport';
import { inet } from '../args/endpoints.js';
import { invalidAddressFamily, invalidIpAddress, noTransport } from '../args/errors.js';
import { question, type LookupAddress, type LookupFunction, type LookupOptions } from '../runtime/runtime.js';
import { contextOf, transportTo } from '../shared/context.js';
import { state } from '../shared/socket-face.js';
import type { Attempt } from './attempt.js';
import { connectToEndpoint } from './connect-to-endpoint.js';
import { isStillAt, type DiallingSocket } from './dialling-socket.js';
import { connectInTurn, interleaved, type Candidate } from './happy-eyeballs.js';

/** What of `connect`'s options says where to go, checked. */
export interface Destination {
  /** As it was given, for errors. */
  readonly given: { readonly host?: unknown; readonly port?: unknown };
  readonly host: string;
  readonly port: number;
  readonly near: DialOptions;
  readonly autoSelectFamily: boolean | 'race';
  /** Milliseconds that an attempt has, or after which the next one starts. */
  readonly attemptTimeout: number;
}

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

/** Asks for all addresses of a host, and tries one after the other. */
export function lookUpAll(socket: DiallingSocket, to: Destination, lookup: LookupFunction, asked: LookupOptions): void {
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
    const candidates = candidatesOf(socket, to, error, answers, attempt);
    if (candidates === null) return;
    if (candidates.length === 0) {
      failLater(socket, attempt, noAddress(answers, to));
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

/** The addresses among a resolver's answers, each told with 'lookup'. Null when a listener has put an end to the attempt. */
export function candidatesOf(
  socket: DiallingSocket, to: Destination, error: unknown, answers: readonly LookupAddress[], attempt: Attempt | null,
): Candidate[] | null {
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  for (const { address, family } of answers) {
    socket.emit('lookup', error, address, family, to.host);
    if (!isStillAt(socket, attempt)) return null;
    if (problemOf(address, family, to) !== null || seen.has(`${family} ${address}`)) continue;
    seen.add(`${family} ${address}`);
    candidates.push({ address, port: to.port, family, transport: transportTo(contextOf(socket), address, to.port, to.host) });
  }
  return candidates;
}

/** Why there is nothing among the answers. */
export function noAddress([first]: readonly LookupAddress[], to: Destination): Error {
  return (first && problemOf(first.address, first.family, to)) ?? invalidIpAddress(first?.address);
}

/** Fails as soon as the caller has come to an end. */
export function failLater(socket: DiallingSocket, attempt: Attempt | null, error: Error): void {
  contextOf(socket).clock.nextTick(() => {
    if (isStillAt(socket, attempt)) socket.destroy(error);
  }, undefined);
}
