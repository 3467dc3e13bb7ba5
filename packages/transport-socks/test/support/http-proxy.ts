import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

const CODES: Record<string, string> = { ENOTFOUND: '404 Not Found', ECONNREFUSED: '521 Refused', ETIMEDOUT: '504 Gateway Timeout' };

/** A small proxy for CONNECT of HTTP, by node:net. It keeps no process alive. */
export async function httpProxy(connected = 'HTTP/1.1 200 Connection established\r\n\r\n'): Promise<{ url: string; headers: string[] }> {
  const headers: string[] = [];
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    client.on('error', () => {});
    let header = '';
    client.on('data', function take(chunk: Buffer) {
      header += chunk.toString('latin1');
      const end = header.indexOf('\r\n\r\n');
      if (end < 0) return;
      client.off('data', take).pause();
      headers.push(header.slice(0, end + 4));
      if (header.length > end + 4) client.unshift(Buffer.from(header.slice(end + 4), 'latin1'));
      goOn(client, header, connected);
    });
  });
  await once(server.listen(0, '127.0.0.1').unref(), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, headers };
}

function goOn(client: Socket, header: string, connected: string): void {
  const [, host, port] = /^CONNECT (?:\[(?=.*\]))?([^\]\s]+?)\]?:(\d+) HTTP\/1\.1\r\n/.exec(header)!;
  const far = net.connect({ host, port: Number(port), allowHalfOpen: true, noDelay: true });
  const refused = (error: NodeJS.ErrnoException): void => {
    client.end(`HTTP/1.1 ${CODES[error.code!] ?? '502 Bad Gateway'}\r\nContent-Length: 2\r\n\r\nno`);
  };
  far.on('error', refused);
  far.on('connect', () => {
    far.off('error', refused);
    client.write(connected);
    far.on('error', () => client.resetAndDestroy());
    client.on('error', () => far.resetAndDestroy());
    client.pipe(far);
    far.pipe(client);
  });
}
