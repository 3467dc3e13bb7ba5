import { once } from 'node:events';
import { createNetwork } from '@netstrata/transport-memory';
import { expect, it } from 'vitest';
import { systemClock, type Clock } from '../src/runtime/clock.js';
import net, { createNet, type AddressInfo, type LookupFunction, type Net, type Socket } from '../src/index.js';

/** Unlike `once` of events it does not mind an 'error'. */
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => { resolve(); }));

type Elsewhere = (socket: Socket, port: number) => void;

const lookup = ((_name: string, { all }: { all?: boolean }, done: (...answer: unknown[]) => void) => {
  const addresses = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];
  setImmediate(() => { done(null, all ? addresses.map((address) => ({ address, family: 4 })) : addresses[0], 4); });
}) as LookupFunction;

/** Sends a socket where nobody is, and elsewhere from within a listener; how often it and the server met. */
async function meet(event: string, autoSelectFamily: boolean, blocked: boolean, go: Elsewhere): Promise<unknown> {
  const server = net.createServer((peer) => { peer.on('error', () => {}).resume(); });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  let met = 0;
  server.on('connection', () => { met++; });
  const blockList = new net.BlockList();
  if (blocked) blockList.addSubnet('127.0.0.2', 31);
  const socket = new net.Socket({ blockList });
  const seen: string[] = [];
  for (const one of ['connect', 'error', 'close']) socket.on(one, () => seen.push(one));
  socket.once(event, () => { go(socket, port); });
  socket.connect({ port: 1, host: 'nowhere.example', lookup, autoSelectFamily });
  await once(socket, 'connect');
  const connection = met === 0 ? once(server, 'connection') : undefined;
  await connection;
  // That the first life is over may be told of late.
  if (!seen.includes('close')) await closed(socket);
  const gone = closed(socket);
  socket.destroy();
  await gone;
  server.close();
  await once(server, 'close');
  return { met, seen: seen.sort() };
}

it("a socket that connects again within 'error' gets that connection", async () => {
  const server = net.createServer((peer) => peer.end('hello'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const socket = new net.Socket();
  const seen: string[] = [];
  for (const event of ['connect', 'error', 'data', 'close']) socket.on(event, () => seen.push(event));
  socket.once('error', () => { socket.connect((server.address() as AddressInfo).port, '127.0.0.1'); });
  socket.connect(1, '127.0.0.1');
  await new Promise((resolve) => socket.once('data', resolve));
  expect(seen.sort()).toEqual(['close', 'connect', 'data', 'error']);
  socket.destroy();
  server.close();
  await once(server, 'close');
});

for (const autoSelectFamily of [true, false]) {
  for (const event of autoSelectFamily ? ['lookup', 'connectionAttempt', 'connectionAttemptFailed'] : ['lookup', 'connectionAttempt']) {
    for (const blocked of autoSelectFamily ? [false, true] : [false]) {
      it(`who destroys a socket and connects it again within '${event}' gets that connection${autoSelectFamily ? ', one of several' : ''}${blocked ? ', some of them blocked' : ''}`, async () => {
        const outcome = await meet(event, autoSelectFamily, blocked, (socket, port) => { socket.destroy().connect(port, '127.0.0.1'); });
        expect(outcome).toEqual({ met: 1, seen: ['close', 'close', 'connect'] });
      });
    }
  }
}

it("who destroys a socket and connects it again within 'connectionAttemptTimeout' gets that connection", async () => {
  const network = createNetwork();
  const [here, there] = [network.host('here', '10.0.0.1'), network.host('there', ['10.0.0.2', '10.0.0.3'])];
  there.ignore(true, 1);
  const mine: Net = createNet({ tcp: here.tcp, lookup: here.lookup });
  const server = createNet({ tcp: there.tcp }).createServer().listen(2);
  await once(server, 'listening');
  const socket = new mine.Socket();
  const attempts: unknown[] = [];
  socket.on('connectionAttempt', (address, port) => attempts.push(`${address}:${port}`));
  socket.once('connectionAttemptTimeout', () => { socket.destroy().connect(2, '10.0.0.3'); });
  socket.connect({ port: 1, host: 'there', autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 10 });
  await once(socket, 'connect');
  expect(attempts).toEqual(['10.0.0.2:1', '10.0.0.3:2']);
  socket.destroy();
  network.close();
});

const AGAIN: Record<string, Elsewhere> = {
  'to an address': (socket, port) => { socket.connect(port, '127.0.0.1'); },
  'to a name': (socket, port) => { socket.connect({ port, host: 'other.example', lookup }); },
  'to a path': (socket) => { socket.connect('nowhere'); },
};

for (const [where, go] of Object.entries(AGAIN)) {
  for (const event of ['lookup', 'connectionAttempt', 'connectionAttemptFailed']) {
    it(`a socket that is told to connect ${where} while it connects, within '${event}', comes to an end`, async () => {
      const server = net.createServer((peer) => { peer.on('error', () => {}).end(); });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      for (const autoSelectFamily of [true, false]) {
        const socket = new net.Socket().on('error', () => {}).resume();
        let went = 0;
        socket.once(event, () => {
          went++;
          go(socket, port);
        });
        socket.connect({ port: 1, host: 'nowhere.example', lookup, autoSelectFamily });
        await closed(socket);
        expect([went, socket.destroyed, socket.connecting]).toEqual([1, true, false]);
      }
      server.close();
      await once(server, 'close');
    });
  }
}

it('a handle goes to a path or to an address, and not to the other: such a call fails', async () => {
  const [address, path] = [[1, '127.0.0.1'], ['nowhere']] as unknown as [[string], [string]];
  for (const [first, second] of [[address, path], [path, address]]) {
    const socket = new net.Socket();
    socket.connect(...first);
    socket.connect(...second);
    await once(socket, 'error');
    expect(socket.destroyed).toBe(true);
  }
});

it('in turn: nothing is left of the attempts that were to come when a listener has sent the socket elsewhere', async () => {
  const network = createNetwork();
  createNet(network.host('web', '10.0.0.1')).createServer().listen(80);
  network.host('deaf', ['10.0.0.8', '10.0.0.9']);
  const timers: (() => void)[] = [];
  const clock: Clock = {
    ...systemClock,
    setTimeout(task) {
      timers.push(task);
      return { refresh() {} };
    },
    clearTimeout() {},
  };
  const found = ['10.0.0.8', '10.0.0.9'].map((address) => ({ address, family: 4 }));
  const lookup = ((_name: string, _options: object, done: (...answer: unknown[]) => void) => { done(null, found); }) as LookupFunction;
  const dialling = createNet({ tcp: network.host('laptop', '10.0.0.2').tcp, lookup, clock });
  const socket = dialling.connect({ port: 80, host: 'two.example', autoSelectFamily: true });
  socket.once('connectionAttemptFailed', () => { socket.connect(80, '10.0.0.1'); });
  await once(socket, 'connect');
  expect(timers.length).toBeGreaterThan(0);
  for (const task of timers) task();
  expect(socket.remoteAddress).toBe('10.0.0.1');
  network.close();
});

it('a race: what is found when all else was refused is not told of a socket that is destroyed', async () => {
  const network = createNetwork();
  const blockList = new net.BlockList();
  blockList.addAddress('::5', 'ipv6');
  const lookup = ((_name: string, { family }: { family?: number }, done: (...answer: unknown[]) => void) => {
    setImmediate(() => { done(family === 6 ? null : new Error('no IPv4'), [{ address: '::5', family: 6 }]); });
  }) as LookupFunction;
  const dialling = createNet({ tcp: network.host('laptop', '10.0.0.2').tcp, lookup });
  const socket = dialling.connect({ port: 80, host: 'blocked.example', autoSelectFamily: 'race', blockList });
  const told: unknown[] = [];
  socket.on('lookup', (_error, address) => { told.push([address, socket.destroyed]); });
  const [error] = await once(socket, 'error') as [Error & { code: string }];
  await closed(socket);
  expect([error.code, told]).toEqual(['ERR_IP_BLOCKED', [['::5', false]]]);
  network.close();
});
