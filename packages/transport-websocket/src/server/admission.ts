import { Timeout } from '@netstrata/transport/layers';
import type { AcceptSettings, Limit } from './accept-options.js';
import type { UpgradeRequest, UpgradeSocket } from './http.js';
import { refuse } from './refuse.js';
import { hasBody, mayConnect, originOf, protocolOf, tokenOf } from './request.js';

/** What was decided: called once for each request that is still there. */
export type Admitted = (claims: unknown) => void;

const LONGEST_ORIGIN = 200;

/** It may be anything: it is shown as text of a program. */
const shownOrigin = (request: UpgradeRequest): string =>
  JSON.stringify((originOf(request) ?? '').slice(0, LONGEST_ORIGIN).replace(/[^ -~]/g, '?'));

const destroyed = function (this: UpgradeSocket): void { this.destroy(); };

/** Decides who may connect. How many may wait for it, and for how long, is bounded. */
export class Admission {
  readonly #settings: AcceptSettings;
  #pending = 0;

  constructor(settings: AcceptSettings) {
    this.#settings = settings;
  }

  judge(request: UpgradeRequest, socket: UpgradeSocket, admitted: Admitted): void {
    socket.on('error', destroyed);
    const { origins, protocols, admit } = this.#settings;
    if (hasBody(request)) this.refuse(request, 400, 'A request for a WebSocket has no body');
    else if (!mayConnect(request, origins)) this.refuse(request, 403, `Pages of ${shownOrigin(request)} may not connect`);
    else if (protocolOf(request, protocols) === null) this.refuse(request, 400, 'None of the offered subprotocols is spoken here');
    else if (admit === null) this.#pass(request, socket, null, admitted);
    else this.#ask(request, socket, admitted);
  }

  #pass(request: UpgradeRequest, socket: UpgradeSocket, claims: unknown, admitted: Admitted): void {
    const full = this.#isFull(claims, request);
    if (full !== null) {
      this.refuse(request, full.status, full.reason);
      return;
    }
    socket.removeListener('error', destroyed);
    admitted(claims);
  }

  #isFull(claims: unknown, request: UpgradeRequest): ReturnType<Limit> {
    try {
      return this.#settings.limit?.(claims, request) ?? null;
    } catch {
      return { status: 503, reason: 'It is not known whether there is room' };
    }
  }

  #ask(request: UpgradeRequest, socket: UpgradeSocket, admitted: Admitted): void {
    let answer: unknown;
    try {
      answer = this.#settings.admit!(tokenOf(request), request);
    } catch {
      answer = false;
    }
    if (typeof (answer as PromiseLike<unknown> | null | undefined)?.then === 'function') {
      this.#wait(answer as PromiseLike<unknown>, request, socket, admitted);
    } else this.#answered(answer, request, socket, admitted);
  }

  #answered(claims: unknown, request: UpgradeRequest, socket: UpgradeSocket, admitted: Admitted): void {
    if (claims === false || claims === null || claims === undefined) this.refuse(request, 401, 'A valid token is needed');
    else this.#pass(request, socket, claims, admitted);
  }

  #wait(answer: PromiseLike<unknown>, request: UpgradeRequest, socket: UpgradeSocket, admitted: Admitted): void {
    const { maxPending, timeout, timers } = this.#settings;
    // Whatever comes of it, nobody waits for it.
    if (this.#pending >= maxPending) {
      answer.then(undefined, () => {});
      this.refuse(request, 503, 'Too many are waiting');
      return;
    }
    const limit = new Timeout(timers);
    let isWaiting = true;
    const once = (next: () => void) => (): void => {
      if (!isWaiting) return;
      isWaiting = false;
      this.#pending--;
      limit.stop();
      next();
    };
    this.#pending++;
    const gone = once(() => { this.#tell(request, 0, 'The client has left'); });
    socket.once('close', gone);
    limit.start(timeout, once(() => { this.refuse(request, 503, 'It takes too long to check the token'); }));
    const decided = (claims: unknown): void => {
      once(() => {
        socket.removeListener('close', gone);
        this.#answered(claims, request, socket, admitted);
      })();
    };
    answer.then(decided, () => { decided(false); });
  }

  refuse(request: UpgradeRequest, status: number, reason: string): void {
    refuse(request.socket, status, reason, this.#settings.timers);
    this.#tell(request, status, reason);
  }

  #tell(request: UpgradeRequest, status: number, reason: string): void {
    this.#settings.onRefused?.({ status, reason, remoteAddress: request.socket.remoteAddress ?? null }, request);
  }
}
