import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BlockList, connect, createServer, type AddressInfo, type LookupFunction } from '@netstrata/net-compat';

const COUNT = 100_000;
const all = Array.from({ length: COUNT }, (_, i) => ({ address: `127.${1 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`, family: 4 }));
const gives = (answers: typeof all): LookupFunction => (_name, _options, done) => { setImmediate(done, null, answers); };
const everyone = new BlockList();
everyone.addSubnet('127.0.0.0', 8);

// A hundred thousand stacks are not what is tested, and a test runner takes its time for each.
const { stackTraceLimit } = Error;
beforeAll(() => { Error.stackTraceLimit = 0; });
afterAll(() => { Error.stackTraceLimit = stackTraceLimit; });

it('a name with 100,000 addresses, all of them blocked, ends in an error that says so of each', async () => {
  const socket = connect({ port: 1, host: 'many.example', lookup: gives(all), blockList: everyone, autoSelectFamily: true });
  const seen: Record<string, number> = {};
  for (const event of ['lookup', 'connectionAttempt', 'connectionAttemptFailed']) socket.on(event, () => { seen[event] = (seen[event] ?? 0) + 1; });
  const [error] = (await once(socket, 'error')) as [AggregateError & { code: string }];
  expect([error.code, error.errors.length]).toEqual(['ERR_IP_BLOCKED', COUNT]);
  expect(seen).toEqual({ lookup: COUNT, connectionAttemptFailed: COUNT });
  expect(socket.autoSelectFamilyAttemptedAddresses).toEqual([]);
  await once(socket, 'close');
});

it('an address that is told of again and again counts once', async () => {
  const answers = [...all.slice(0, 3), ...Array.from({ length: COUNT }, () => all[1]), { address: '::1', family: 6 }, all[0]];
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8);
  list.addAddress('::1', 'ipv6');
  const socket = connect({ port: 1, host: 'same.example', lookup: gives(answers), blockList: list, autoSelectFamily: true });
  const failed: unknown[] = [];
  socket.on('connectionAttemptFailed', (address) => failed.push(address));
  const [error] = (await once(socket, 'error')) as [AggregateError];
  // Families in turn.
  expect(failed).toEqual([all[0].address, '::1', all[1].address, all[2].address]);
  expect(error.errors).toHaveLength(4);
});

it('a listener that destroys the socket ends it there, however many addresses there are', async () => {
  const socket = connect({ port: 1, host: 'many.example', lookup: gives(all), blockList: everyone, autoSelectFamily: true });
  let failed = 0;
  socket.on('connectionAttemptFailed', () => {
    if (++failed === 5) socket.destroy();
  });
  await once(socket, 'close');
  expect([failed, socket.errored]).toEqual([5, null]);
});

it('an answer of four megabytes is shown in part', async () => {
  const socket = connect({ port: 1, host: 'long.example', lookup: gives([{ address: 'x'.repeat(4_000_000), family: 4 }]), autoSelectFamily: true });
  const [error] = (await once(socket, 'error')) as [Error & { code: string }];
  expect(error.code).toBe('ERR_INVALID_IP_ADDRESS');
  expect(error.message.length).toBeLessThan(1100);
});

it.each([true, 'race'] as const)('what is no answer among the answers of a resolver is passed over (%s)', async (autoSelectFamily) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answers = [null, undefined, 5, 'text', { address: Symbol('address'), family: 4 }, { address: '127.0.0.1', family: 4 }];
  const socket = connect({ port, host: 'odd.example', lookup: gives(answers as typeof all), autoSelectFamily });
  await once(socket, 'connect');
  socket.destroy();
  const nothing = connect({ port, host: 'none.example', lookup: gives([null] as never), autoSelectFamily });
  expect(await once(nothing, 'error')).toEqual([expect.objectContaining({ code: 'ERR_INVALID_IP_ADDRESS' })]);
  server.close();
});
