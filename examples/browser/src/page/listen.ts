import type { AddressInfo, Server } from '@netstrata/net-compat/core';
import net from '../stand-ins/net.js';
import { find, onUse } from './elements.js';

/** A server in this page: everybody who connects at the gateway gets a line, and is repeated. */
function greet(onVisitor: () => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => {
      onVisitor();
      socket.on('error', () => {});
      socket.write(`hello ${socket.remoteAddress}, this is a page\n`);
      socket.pipe(socket);
    });
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => { resolve(server); });
  });
}

export function showListen(): void {
  const button = find('#listen button');
  const output = find('#listen output');
  let server: Server | null = null;
  let visitors = 0;
  onUse(button, output, async () => {
    if (server) {
      server.close();
      server = null;
      button.textContent = 'Listen';
      return 'closed';
    }
    visitors = 0;
    const opened = server = await greet(() => { output.textContent = `${where}: ${visitors += 1} came`; });
    const { address, port } = opened.address() as AddressInfo;
    const where = `nc ${address} ${port}`;
    button.textContent = 'Close';
    opened.on('error', (error) => {
      server = null;
      button.textContent = 'Listen';
      output.textContent = `gone: ${error.message}`;
    });
    return where;
  });
}
