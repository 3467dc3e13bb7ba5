import type { AddressInfo, Net, Server, Socket } from '@netstrata/net-compat/core';
import type { Endpoint } from '@netstrata/transport';
import { LONGEST, type Answer, type Question } from './relay-messages.js';

/**
 * The server of `throughBastion`: it is asked over one net, and goes on over another, or the same. Let nobody reach it who may not go
 * everywhere.
 */
export function relay(net: Net, onward: Net = net): Server {
  return net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    client.on('error', () => {});
    let line = '';
    client.on('data', function take(chunk: Uint8Array) {
      line += new TextDecoder('latin1').decode(chunk);
      if (line.length > LONGEST) client.destroy();
      else if (line.endsWith('\n')) {
        client.off('data', take).pause();
        goOn(onward, client, line);
      }
    });
  });
}

function goOn(net: Net, client: Socket, line: string): void {
  const answer = (given: Answer): void => void client.write(`${JSON.stringify(given)}\n`);
  let far: Socket;
  try {
    // Only these: a question is no way to bind an address here, or to dial a path.
    const { host, port } = JSON.parse(line) as Question;
    far = net.connect({ host, port, allowHalfOpen: true, noDelay: true });
  } catch {
    client.destroy();
    return;
  }
  const refused = (error: Error): void => {
    answer({ code: (error as { code?: string }).code ?? 'ECONNREFUSED' });
    client.end();
  };
  far.on('error', refused);
  far.on('connect', () => {
    far.off('error', refused);
    const local = endpointOf(far.address() as AddressInfo);
    answer({ local, remote: endpointOf({ address: far.remoteAddress!, port: far.remotePort!, family: far.remoteFamily! }) });
    // A reset goes on as one.
    far.on('error', () => client.resetAndDestroy());
    client.on('error', () => far.resetAndDestroy());
    client.pipe(far);
    far.pipe(client);
  });
}

function endpointOf({ address, port, family }: AddressInfo): Endpoint {
  return { address, port, family: family === 'IPv6' ? 'IPv6' : 'IPv4' };
}
