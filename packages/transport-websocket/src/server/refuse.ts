import { encode } from '@netstrata/stream-core';
import { Timeout, type Timers } from '@netstrata/transport/layers';
import type { UpgradeSocket } from './http.js';

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 429: 'Too Many Requests',
  503: 'Service Unavailable',
};

/** How long who was refused may take to read it and to leave. */
const FAREWELL_MS = 2000;

/**
 * Answers, and hangs up once the client has read it or has had the time to. What it sends meanwhile is thrown away: nothing of it is a
 * request.
 */
export function refuse(socket: UpgradeSocket, status: number, reason: string, timers: Timers): void {
  const timeout = new Timeout(timers);
  const more = status === 401 ? 'WWW-Authenticate: Bearer\r\n' : '';
  socket.once('close', () => { timeout.stop(); });
  socket.once('end', () => { socket.destroy(); });
  timeout.start(FAREWELL_MS, () => { socket.destroy(); });
  socket.end(
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n${more}`
    + `Content-Length: ${encode(reason, 'utf8').length + 1}\r\n\r\n${reason}\n`,
  );
  socket.resume();
}
