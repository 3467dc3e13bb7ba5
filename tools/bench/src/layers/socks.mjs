import { createNet } from '@netstrata/net-compat/core';
import { ipc } from '@netstrata/transport-ipc';
import { socks } from '@netstrata/transport-socks';
import { tcp } from '@netstrata/transport-tcp';

/** @typedef {import('node:net').Socket} Socket */

/** The upstream is dialled by it, and clients come without. */
export const dialsOnly = true;

/** The proxy, which is the upstream as well. @param {{ port: number }} upstream */
export const netOver = ({ port }) => createNet({ tcp: socks(`socks5://127.0.0.1:${port}`, { over: tcp }), ipc });

/** As much of a SOCKS5 server as a client needs, before it is served. @param {(socket: Socket) => void} serve @returns {(socket: Socket) => void} */
export const upstream = (serve) => (socket) => {
  socket.once('data', () => {
    socket.write(Buffer.of(5, 0));
    socket.once('data', () => {
      socket.write(Buffer.of(5, 0, 0, 1, 127, 0, 0, 1, 0, 1));
      serve(socket);
    });
  });
};
