import { encode, immediate } from '@netstrata/stream-core';
import type { PipeHandle, StreamHandle, WriteRequest } from '../../native/stream-handle.js';

/**
 * Owns what the handles of Deno do otherwise than libuv's: classes of handles that are Deno's own and behave as Node's. Nothing else in
 * the driver knows the difference.
 */

type HandleClass = new (type: number) => StreamHandle;

type Changed =
  | 'bind' | 'bytesRead' | 'bytesWritten' | 'close' | 'listen' | 'reset' | 'useUserBuffer' | 'writeLatin1String' | 'writeUtf8String';

/** What Deno's handles have. */
interface DenoHandle extends Omit<StreamHandle, Changed> {
  bind(address: string, port: number): number;
  listen(backlog: number): number;
  useUserBuffer(buffer: Uint8Array): void;
  writeUtf8String(request: WriteRequest, text: string): number;
  writeLatin1String(request: WriteRequest, text: string): number;
  accept(client: unknown): number;
  bindWithFlags?(address: string, port: number, flags: number): number;
  close(callback?: () => void): void;
  reset?(): number;
  getBytesRead(): number;
  getBytesWritten(): number;
}

type DenoHandleClass = new (type: number) => DenoHandle;
/** What the bindings have otherwise on Deno. */
interface DenoClasses {
  readonly TCP: HandleClass;
  readonly Pipe: new (type: number) => PipeHandle;
  readonly readsInto: false;
  readonly adapt: (handle: StreamHandle) => StreamHandle;
}

type OnConnection = NonNullable<StreamHandle['onconnection']>;

/** What was set as `onconnection`, and the function that Deno calls in its place. Not private fields: a handle may become one later. */
const told = Symbol('netstrata.told');
const accepting = Symbol('netstrata.accepting');
const accept = Symbol('netstrata.accept');

function wake(): void {}

/** For connections, as opposed to servers: `SOCKET` of the bindings. */
const SOCKET = 0;

export function denoClasses({ TCP, Pipe }: Pick<DenoClasses, 'TCP' | 'Pipe'>): DenoClasses {
  const OurTCP = likeNode(TCP);
  const OurPipe = likeNode(Pipe as unknown as HandleClass);
  const classes = [[TCP, OurTCP], [Pipe as unknown as HandleClass, OurPipe]] as const;
  const adapt = (handle: StreamHandle): StreamHandle => {
    for (const [Theirs, Ours] of classes) {
      const isTheirs = handle instanceof Theirs && !(handle instanceof Ours);
      if (isTheirs) Object.setPrototypeOf(handle, Ours.prototype as object);
    }
    return handle;
  };
  return { TCP: OurTCP, Pipe: OurPipe as unknown as DenoClasses['Pipe'], readsInto: false, adapt };
}

/** The class of Deno's, as one of Node's. */
function likeNode(given: HandleClass): HandleClass {
  const Base = given as unknown as DenoHandleClass;

  class Handle extends Base {
    declare [told]: OnConnection | undefined;
    declare [accepting]: ((this: StreamHandle, status: number) => void) | undefined;

    get bytesRead(): number { return this.getBytesRead(); }
    get bytesWritten(): number { return this.getBytesWritten(); }

    // Deno looks for it with each connection, and leaves it to the function to accept.
    override get onconnection(): OnConnection | undefined { return this[accepting]; }
    override set onconnection(listener: OnConnection | undefined) {
      this[told] = listener;
      this[accepting] ??= (status) => { this[accept](status); };
    }

    private [accept](status: number): void {
      const self = this as unknown as StreamHandle;
      if (status !== 0) {
        this[told]?.call(self, status, undefined);
        return;
      }
      const client = new Handle(SOCKET);
      const accepted = this.accept(client);
      if (accepted !== 0) client.close();
      this[told]?.call(self, accepted, accepted === 0 ? (client) : undefined);
    }

    override bind(address: string, port: number, flags = 0): number {
      return flags === 0 || this.bindWithFlags === undefined ? super.bind(address, port) : this.bindWithFlags(address, port, flags);
    }

    /** Deno takes nothing but a whole number. */
    override listen(backlog: number): number { return super.listen(backlog | 0); }

    /** A long text that Deno encodes itself fails with EPIPE once the peer has ended its half, although it arrives. */
    override writeUtf8String(request: WriteRequest, text: string): number {
      return this.writeBuffer(request, encode(text, 'utf8'));
    }

    override writeLatin1String(request: WriteRequest, text: string): number {
      return this.writeBuffer(request, encode(text, 'latin1'));
    }

    /** It reads wrong bytes into a buffer that several handles share: each read has memory of its own, as with a new handle of Node's. */
    override useUserBuffer(_buffer: Uint8Array): void {}

    /** Deno calls back without `this`. After a close inside the report of an end its loop sleeps until something else comes. */
    override close(callback?: (this: StreamHandle) => void): void {
      immediate(wake);
      super.close(callback === undefined ? undefined : () => { callback.call(this); });
    }

    /** Deno calls nobody back, and the handle would go on to hold the process. */
    override reset(callback?: (this: StreamHandle) => void): number {
      const status = super.reset?.() ?? -1;
      if (status === 0) this.close(callback);
      return status;
    }
  }
  return Handle;
}
