import { isIP } from '@netstrata/ip-utils';
import { systemError, type DialEndpoint } from '@netstrata/transport';
import { inet } from '../args/endpoints.js';
import { systemErrors } from '../runtime/runtime.js';
import { contextOf } from '../shared/context.js';
import { state } from '../shared/socket-face.js';
import type { DialState, DiallingSocket } from './dialling-socket.js';

/** The dial that a socket begins has so many milliseconds, names and all attempts included. */
export function limitDial(socket: DiallingSocket, milliseconds: number, { host, port, path }: Readonly<Record<string, unknown>>): void {
  const dialState = socket[state];
  const { clock } = contextOf(socket);
  liftDeadline(socket, dialState);
  if (!socket.connecting) return;
  dialState.deadline = clock.setTimeout(() => {
    dialState.deadline = null;
    if (!socket.connecting) return;
    const text = `not connected within ${milliseconds} ms, its connectTimeout:`;
    const endpoint = endpointOf(host, port, path);
    socket.destroy(systemError({ code: 'ETIMEDOUT', syscall: 'connect', endpoint, text, errors: systemErrors() }));
  }, milliseconds);
}

function endpointOf(host: unknown, port: unknown, path: unknown): DialEndpoint {
  if (typeof path === 'string') return { path };
  const name = typeof host === 'string' && host !== '' ? host : 'localhost';
  const family = isIP(name);
  return family === 0 ? { host: name, port: Number(port) } : inet(name, Number(port), family);
}

/** It has connected, or is given up. */
export function liftDeadline(owner: object, dialState: DialState): void {
  if (dialState.deadline !== null) contextOf(owner).clock.clearTimeout(dialState.deadline);
  dialState.deadline = null;
}
