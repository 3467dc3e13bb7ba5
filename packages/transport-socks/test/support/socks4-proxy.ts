import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

/** A small proxy for SOCKS4 and SOCKS4A, by node:net. It keeps no process alive. */
export async function socks4Proxy(): Promise<{ url: string; users: string[] }> {
  const users: string[] = [];
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    client.on('error', () => {});
    let asked = Buffer.alloc(0);
    client.on('data', function take(chunk: Buffer) {
      asked = Buffer.concat([asked, chunk]);
      const user = asked.indexOf(0, 8);
      const hasName = asked.subarray(4, 7).equals(Buffer.alloc(3)) && asked[7] !== 0;
      const end = user < 0 || !hasName ? user : asked.indexOf(0, user + 1);
      if (asked.length < 9 || end < 0) return;
      client.off('data', take).pause();
      users.push(asked.toString('latin1', 8, user));
      if (asked.length > end + 1) client.unshift(asked.subarray(end + 1));
      const host = hasName ? asked.toString('latin1', user + 1, end) : asked.subarray(4, 8).join('.');
      goOn(client, host, asked.readUInt16BE(2));
    });
  });
  await once(server.listen(0, '127.0.0.1').unref(), 'listening');
  return { url: `socks4a://127.0.0.1:${(server.address() as AddressInfo).port}`, users };
}

function goOn(client: Socket, host: string, port: number): void {
  const far = net.connect({ host, port, family: 4, allowHalfOpen: true, noDelay: true });
  const refused = (): void => {
    client.end(Uint8Array.of(0, 0x5b, 0, 0, 0, 0, 0, 0));
  };
  far.on('error', refused);
  far.on('connect', () => {
    far.off('error', refused);
    const bound = [far.localPort! >> 8, far.localPort! & 255, ...far.localAddress!.split('.').map(Number)];
    client.write(Uint8Array.from([0, 0x5a, ...bound]));
    far.on('error', () => client.resetAndDestroy());
    client.on('error', () => far.resetAndDestroy());
    client.pipe(far);
    far.pipe(client);
  });
}
