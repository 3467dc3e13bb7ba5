import { once } from 'node:events';
import * as nodeNet from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, it } from 'vitest';
import { BlockList, connect, createServer, type AddressInfo, type LookupFunction, type ServerOptions, type Socket } from '@netstrata/net-compat';

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));

/** Our class and the builtin's: either may be given. */
const CLASSES = [['ours', BlockList], ['the builtin', nodeNet.BlockList]] as const;

/** What becomes of a connection to a server that has `options`. */
async function visit(options: ServerOptions, at: string, from: string): Promise<string> {
  const server = createServer(options);
  await once(server.listen(0, at), 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect(port, from).on('error', () => {}).resume();
  const outcome = await new Promise<string>((resolve) => {
    server.on('connection', (socket: Socket) => {
      socket.destroy();
      resolve('taken');
    });
    server.on('drop', () => { resolve('dropped'); });
    client.on('close', () => { resolve('closed'); });
  });
  client.destroy();
  server.close();
  return outcome;
}

for (const [name, List] of CLASSES) {
  it(`a server keeps out who is on its block list (${name})`, async () => {
    const blockList = new List();
    blockList.addSubnet('127.0.0.0', 8);
    expect(await visit({ blockList }, '127.0.0.1', '127.0.0.1')).not.toBe('taken');
    expect(await visit({ blockList: new List() }, '127.0.0.1', '127.0.0.1')).toBe('taken');
  });

  it.runIf(hasIPv6)(`a server that listens on both families knows an IPv4 address in either form (${name})`, async () => {
    const blockList = new List();
    blockList.addAddress('127.0.0.1');
    expect(await visit({ blockList }, '::', '127.0.0.1')).not.toBe('taken');
    expect(await visit({ blockList }, '::', '::1')).toBe('taken');
    blockList.addAddress('::1', 'ipv6');
    expect(await visit({ blockList }, '::', '::1')).not.toBe('taken');
  });

  it(`a socket goes to none of the addresses on its block list, and to the next that is not (${name})`, async () => {
    const server = createServer((socket) => socket.end());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const blockList = new List();
    blockList.addRange('127.0.0.2', '127.0.0.9');
    const lookup: LookupFunction = (_name, _options, done) => {
      done(null, [{ address: '127.0.0.2', family: 4 }, { address: '127.0.0.9', family: 4 }, { address: '127.0.0.1', family: 4 }]);
    };
    const client = connect({ port, host: 'a.example', lookup, autoSelectFamily: true, blockList }).resume();
    await once(client, 'connect');
    expect(client.remoteAddress).toBe('127.0.0.1');
    await once(client, 'close');
    blockList.addAddress('127.0.0.1');
    const [error] = (await once(connect({ port, host: 'a.example', lookup, autoSelectFamily: true, blockList }), 'error').catch((reason: unknown) => [reason])) as [AggregateError & { code: string }];
    expect(error.code).toBe('ERR_IP_BLOCKED');
    expect(error.errors).toHaveLength(3);
    server.close();
  });

  it(`a socket is kept from an address that it is given as one (${name})`, async () => {
    const blockList = new List();
    blockList.addAddress('127.0.0.1');
    const [error] = (await once(connect({ port: 1, host: '127.0.0.1', blockList }), 'error').catch((reason: unknown) => [reason])) as [{ code: string }];
    expect(error.code).toBe('ERR_IP_BLOCKED');
  });
}
