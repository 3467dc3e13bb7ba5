import { builtinDns, question, type LookupAddress, type LookupFunction, type LookupOptions } from '../runtime/runtime.js';
import { contextOf } from '../shared/context.js';
import { state } from '../shared/socket-face.js';
import { isStillAt, type DiallingSocket } from './dialling-socket.js';
import { candidatesOf, failLater, noAddress, type Destination } from './lookup.js';
import { Race } from './race.js';

/** How long addresses of the other family wait for those that come first by rights (RFC 8305 section 3), in milliseconds. */
const RESOLUTION_DELAY = 50;

/**
 * Asks for the addresses of a host and lets attempts at them overlap. Each family is asked for by itself, so that a name server that does
 * not answer for one of them holds up nothing; the program may have said which one, or how to ask.
 */
export function lookUpFamilies(socket: DiallingSocket, to: Destination, lookup: LookupFunction, asked: LookupOptions): void {
  const { worked } = contextOf(socket);
  const isOne = asked.family === 4 || asked.family === 6;
  const first = isOne ? (asked.family as number) : (worked?.of(to.host)?.family ?? (prefersIPv4() ? 4 : 6));
  const families = isOne ? [first] : [first, 10 - first];
  const race = new Race(socket, socket[state].details.attempt!, to.host, to.near, to.attemptTimeout, first);
  let open = families.length;
  let failure: Error | null = null;
  let isFirstKnown = false;
  const answered = (family: number, error: Error | null, answers: readonly LookupAddress[]): void => {
    open--;
    if (family === first) isFirstKnown = true;
    race.isComplete = open === 0;
    const candidates = candidatesOf(socket, to, error, error ? [] : answers, race.current);
    if (candidates === null) return;
    if (candidates.length > 0) {
      race.add(candidates, isFirstKnown ? 0 : RESOLUTION_DELAY);
      return;
    }
    // What there is to say of IPv4 says more: many hosts have nothing else.
    if (failure === null || family === 4) failure = error ?? noAddress(answers, to);
    if (race.isIdle || !race.dialled) race.next();
    if (!race.isComplete || !race.isIdle || race.dialled) return;
    // That one family has no address is told only where the other has none either.
    if (error) socket.emit('lookup', failure, undefined, undefined, to.host);
    failLater(socket, race.current, failure);
  };
  for (const family of families) {
    let isAnswered = false;
    lookup(to.host, question({ ...asked, family, all: true }), (error, answer, of) => {
      // Destroyed meanwhile, or answered before.
      if (isAnswered || !isStillAt(socket, race.current)) return;
      isAnswered = true;
      answered(family, error || null, Array.isArray(answer) ? answer : [{ address: answer, family: of ?? family }]);
    });
    if (!isStillAt(socket, race.current)) return;
  }
}

/** What the program has said of the order of addresses. */
function prefersIPv4(): boolean {
  return builtinDns()?.getDefaultResultOrder?.() === 'ipv4first';
}
