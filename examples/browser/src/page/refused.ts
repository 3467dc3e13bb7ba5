import net from '../stand-ins/net.js';
import { find, onUse } from './elements.js';

export function showRefused(): void {
  onUse(find('#refused form'), find('#refused output'), () => new Promise((resolve, reject) => {
    const [, host, port] = /^(.*):(\d+)$/.exec(find<HTMLInputElement>('#where').value) ?? [];
    if (host === undefined) throw new Error('a host and a port, with a colon between them');
    const socket = net.connect(Number(port), host.replace(/^\[|\]$/g, ''), () => {
      resolve(`connected to ${socket.remoteAddress} port ${socket.remotePort}`);
      socket.destroy();
    });
    socket.on('error', reject);
  }));
}
