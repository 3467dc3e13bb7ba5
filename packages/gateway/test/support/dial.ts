import { Duplex, type AnyListener } from '@netstrata/stream-core';
import type { Connection, ConnectSink, DialEndpoint, ResolvingTransport, SystemError, Transport } from '@netstrata/transport';

export const inet = (port: number, address = '127.0.0.1') =>
  ({ address, port, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as const;

type Outcome = { readonly connection: Connection; readonly stream: Duplex } | { readonly error: SystemError | null };

/** Dials, and says what has come of it first: a stream over the connection, or why there is none. */
function outcomeOf(transport: Transport, endpoint: DialEndpoint, dialled?: (connection: Connection) => void): Promise<Outcome> {
  return new Promise((resolve) => {
    const nothing = (): void => {};
    const sink: ConnectSink = {
      onConnect: () => {
        const stream = new Duplex(connection);
        // At the end of a test all are reset: what a test is about, it hears itself.
        stream.on('error', () => {});
        resolve({ connection, stream });
      },
      onClose: (error) => { resolve({ error: error as SystemError | null }); },
      onData: nothing, onEnd: nothing, onWriteDone: nothing, onShutdownDone: nothing,
    };
    const connection = (transport as ResolvingTransport).connect(endpoint, sink);
    dialled?.(connection);
  });
}

export async function connect(transport: Transport, endpoint: DialEndpoint): Promise<{ connection: Connection; stream: Duplex }> {
  const outcome = await outcomeOf(transport, endpoint);
  if ('error' in outcome) throw outcome.error ?? new Error('closed');
  return outcome;
}

export async function errorOf(transport: Transport, endpoint: DialEndpoint): Promise<SystemError> {
  const outcome = await outcomeOf(transport, endpoint);
  if (!('error' in outcome)) throw new Error('it has connected');
  return outcome.error!;
}

/** A stream of ours, or of Node's. */
interface Heard {
  on(event: string, listener: AnyListener): unknown;
  off(event: string, listener: AnyListener): unknown;
}

/** All that a stream gets until it ends, and the stream stays as it is; throws the error that cuts it off. */
export function textOf(stream: Heard): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.on('data', (chunk: Uint8Array) => (text += Buffer.from(chunk).toString('latin1')));
    stream.on('end', () => { resolve(text); });
    stream.on('error', reject);
    stream.on('close', () => { reject(new Error(`closed after ${text}`)); });
  });
}

/** The first `size` bytes. */
export function bytesOf(stream: Heard, size: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const take = (chunk: Uint8Array): void => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < size) return;
      stream.off('data', take);
      resolve(bytes);
    };
    stream.on('data', take);
    stream.on('error', reject);
    stream.on('close', () => { reject(new Error(`closed after ${bytes.length} of ${size} bytes: ${bytes.toString('hex')}`)); });
  });
}
