import { connect } from 'cloudflare:sockets';
import type { OpenSocket } from './over-sockets.js';

/** In Cloudflare's Workers. Half-open, as a channel is: what ends with the other end is the net's to decide. */
export async function cloudflareSocket(hostname: string, port: number, signal: AbortSignal): Promise<OpenSocket> {
  const socket = connect({ hostname, port }, { allowHalfOpen: true });
  const giveUp = (): void => { socket.close().catch(() => {}); };
  signal.addEventListener('abort', giveUp);
  // Before that the readable only says that it has ended, also where nobody could be reached.
  await socket.opened;
  signal.removeEventListener('abort', giveUp);
  return socket;
}
