import { Duplex } from 'stream';
import { ReadQueue, startTls } from 'subtls';
import type { Socket } from '@netstrata/net-compat/core';

interface Options {
  readonly socket?: Socket;
  readonly host?: string;
  readonly servername?: string;
  readonly ca?: string;
  readonly rejectUnauthorized?: boolean;
}

/** What may wait to be decrypted before the socket is paused. */
const ENOUGH = 65_536;

/** The bytes of a socket, for somebody who asks for so many at a time. */
class Incoming extends ReadQueue {
  #mayFollow = true;

  constructor(private readonly socket: Socket) {
    super();
    socket.on('data', (chunk) => {
      this.enqueue(chunk as Uint8Array);
      if (this.bytesInQueue() >= ENOUGH) socket.pause();
    });
    socket.on('close', () => {
      this.#mayFollow = false;
      this.dequeue();
    });
  }

  moreDataMayFollow(): boolean {
    return this.#mayFollow;
  }

  override read(...args: Parameters<ReadQueue['read']>): ReturnType<ReadQueue['read']> {
    const answer = super.read(...args);
    if (this.bytesInQueue() < ENOUGH) this.socket.resume();
    return answer;
  }
}

/** A client of TLS 1.3 over a socket that stands. `pg` hands one over, and writes at once. */
class TlsSocket extends Duplex {
  readonly encrypted = true;
  authorized = false;
  readonly #socket: Socket;
  readonly #session: ReturnType<typeof startTls>;

  constructor(socket: Socket, host: string, ca: string) {
    super();
    this.#socket = socket;
    const incoming = new Incoming(socket);
    // Certificates of one's own often do not say what they are for. Node takes those as well.
    const lenient = { requireServerTlsExtKeyUsage: false, requireDigitalSigKeyUsage: false };
    this.#session = startTls(host, ca, incoming.read.bind(incoming), (data) => socket.write(data), lenient);
    this.#session.then(() => {
      this.authorized = true;
      this.emit('secureConnect');
    }, (error: unknown) => this.destroy(error as Error));
    socket.on('error', (error) => this.destroy(error));
    // Only now: what failed is told before the socket below is gone.
    this.on('close', () => socket.destroy());
  }

  override _read(): void {
    this.#session.then(({ read }) => read()).then((bytes) => this.push(bytes ? Buffer.from(bytes) : null), (error: unknown) => this.destroy(error as Error));
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    this.#session.then(({ write }) => write(chunk)).then(() => {
      if (this.#socket.writableNeedDrain) this.#socket.once('drain', done);
      else done();
    }, done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    done(error);
  }

  setNoDelay(on?: boolean): this {
    this.#socket.setNoDelay(on);
    return this;
  }

  setKeepAlive(on?: boolean, delay?: number): this {
    this.#socket.setKeepAlive(on, delay);
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

export function connect({ socket, host, servername = host, ca, rejectUnauthorized }: Options): TlsSocket {
  if (!socket) throw new Error('TLS in this page needs a socket that is connected');
  if (ca === undefined || rejectUnauthorized === false) throw new Error('TLS in this page needs `ca`: a page does not know which authorities its browser trusts');
  return new TlsSocket(socket, servername ?? 'localhost', ca);
}

export const TLSSocket = TlsSocket;
export default { connect, TLSSocket };
