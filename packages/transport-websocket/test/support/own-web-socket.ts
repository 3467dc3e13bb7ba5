/** A WebSocket as browsers have it, of which the test is the network. */
export class OwnWebSocket {
  static last: OwnWebSocket;
  binaryType = 'blob';
  readyState = 0;
  bufferedAmount = 0;
  protocol = '';
  readonly #listeners = new Map<string, (event: object) => void>();
  readonly sent: Uint8Array[] = [];
  closedWith: number | undefined;
  readonly url: string;
  readonly protocols: readonly string[];

  constructor(url: string, protocols: string[] = []) {
    if (!Array.isArray(protocols)) throw new SyntaxError('The subprotocol "[object Object]" is invalid');
    this.url = url;
    this.protocols = protocols;
    OwnWebSocket.last = this;
  }

  addEventListener(type: string, listener: (event: object) => void): void {
    this.#listeners.set(type, listener);
  }

  send(data: Uint8Array): void {
    if (this.readyState === 0) throw new Error('InvalidStateError');
    this.bufferedAmount += data.length;
    if (this.readyState === 1) this.sent.push(data.slice());
  }

  close(code?: number): void {
    if (code !== undefined && code !== 1000 && (code < 3000 || code > 4999)) throw new Error('InvalidAccessError');
    this.closedWith ??= code;
    this.readyState = 2;
  }

  // ---- the network --------------------------------------------------------------------------------------------------

  tell(type: string, event: object): void {
    this.#listeners.get(type)?.(event);
  }

  open(): void {
    this.readyState = 1;
    this.tell('open', {});
  }

  /** Everything was sent. */
  drain(): void {
    this.bufferedAmount = 0;
  }

  bring(data: string | Uint8Array): void {
    this.tell('message', { data: typeof data === 'string' ? data : data.slice().buffer });
  }

  end(code: number): void {
    this.readyState = 3;
    this.tell('close', { code });
  }
}
