import dns from 'node:dns';
import { once } from 'node:events';
import * as nodeNet from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import net from '@netstrata/net-compat';

it('the defaults are those of the builtin, which the rest of Node asks', () => {
  const family = nodeNet.getDefaultAutoSelectFamily();
  const timeout = nodeNet.getDefaultAutoSelectFamilyAttemptTimeout();
  onTestFinished(() => {
    nodeNet.setDefaultAutoSelectFamily(family);
    nodeNet.setDefaultAutoSelectFamilyAttemptTimeout(timeout);
  });
  net.setDefaultAutoSelectFamily(!family);
  expect(nodeNet.getDefaultAutoSelectFamily()).toBe(!family);
  nodeNet.setDefaultAutoSelectFamilyAttemptTimeout(timeout + 7);
  expect(net.getDefaultAutoSelectFamilyAttemptTimeout()).toBe(timeout + 7);
});

it('a resolver that a program puts in the place of dns.lookup is asked', async () => {
  const server = net.createServer((socket) => socket.end());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { lookup } = dns;
  const asked: string[] = [];
  dns.lookup = ((name: string, _options: object, done: (error: null, answers: object[]) => void) => {
    asked.push(name);
    done(null, [{ address: '127.0.0.1', family: 4 }]);
  }) as typeof lookup;
  onTestFinished(() => { dns.lookup = lookup; });
  const client = net.connect({ port: (server.address() as nodeNet.AddressInfo).port, host: 'put.example', autoSelectFamily: true }).resume();
  await once(client, 'close');
  expect(asked).toEqual(['put.example']);
  server.close();
});

const isWhole = 'fromJSON' in nodeNet.BlockList.prototype;

it.runIf(isWhole)('the rest of Node takes a block list of this net', () => {
  expect((nodeNet.BlockList as unknown as { isBlockList(value: unknown): boolean }).isBlockList(new net.BlockList())).toBe(true);
});

it.runIf(!isWhole)('an older Node gets the members of a newer', () => {
  expect(new net.BlockList().toJSON()).toEqual([]);
});
