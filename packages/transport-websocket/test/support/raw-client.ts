import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A client of TCP that can speak RFC 6455 as badly as a test wants. */
export interface RawClient {
  readonly socket: Socket;
  /** All that has come. */
  received(): Buffer;
  until(holds: (received: Buffer) => boolean): Promise<void>;
  closed: Promise<unknown>;
}

export const requestOf = (port: number, { path = '/', headers = {} }: { path?: string; headers?: Record<string, string> } = {}) => [
  `GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', '',
].join('\r\n');

export async function rawClient(port: number): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1');
  let chunks: Buffer[] = [];
  const received = () => {
    chunks = [Buffer.concat(chunks)];
    return chunks[0];
  };
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return {
    socket, received, closed,
    until: async (holds) => {
      while (!holds(received()) && !socket.closed) await Promise.race([once(socket, 'data').catch(() => {}), closed]);
    },
  };
}

/** One that is a WebSocket already. */
export async function openClient(port: number, options?: Parameters<typeof requestOf>[1]): Promise<RawClient> {
  const client = await rawClient(port);
  client.socket.write(requestOf(port, options));
  await client.until((received) => received.includes('\r\n\r\n'));
  return client;
}

/** The status of the answer. */
export const statusOf = (answer: Buffer) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer.toString('latin1'))?.[1]);

/** The code of the close frame at the end of what came behind the answer, null without one. */
export function closeCodeOf(received: Buffer): number | null {
  const frames = received.subarray(received.indexOf('\r\n\r\n') + 4);
  const at = frames.lastIndexOf(0x88);
  return at < 0 || frames[at + 1] < 2 ? null : frames.readUInt16BE(at + 2);
}

export interface FrameOptions { fin?: boolean; opcode?: number; mask?: boolean; length?: number }

/** A frame of a client's; `length` is what it says of its length. */
export function frame(payload: Uint8Array, { fin = true, opcode = 2, mask = true, length = payload.length }: FrameOptions = {}): Buffer {
  const small = length < 126;
  const head = Buffer.alloc(small ? 2 : length < 65_536 ? 4 : 10);
  head[0] = (fin ? 0x80 : 0) | opcode;
  head[1] = (mask ? 0x80 : 0) | (small ? length : length < 65_536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  else if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  if (!mask) return Buffer.concat([head, payload]);
  const key = Buffer.from([1, 2, 3, 4]);
  return Buffer.concat([head, key, payload.map((byte, i) => byte ^ key[i % 4])]);
}
