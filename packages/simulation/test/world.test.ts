import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { simulate } from '../src/index.js';
import { ask, echo } from './support/programs.js';

describe('a world', () => {
  it('runs a scenario to its end, and gives what it gives', async () => {
    const world = simulate();
    expect(await world.run(ask)).toBe('hello');
    expect(world.outcome).toEqual({ error: null });
    expect(world.now).toBe(6);
  });

  it('has hosts with addresses and names as on a real network', async () => {
    const seen = await simulate().run(async (world) => {
      const server = world.host('server', ['10.0.0.1', 'fd00::1']);
      const client = world.host('client', ['10.0.0.2', 'fd00::2']);
      const listening = server.net.createServer().listen(80, '0.0.0.0');
      const [accepted] = await Promise.all([once(listening, 'connection'), once(client.net.connect(80, 'server').on('error', () => {}), 'connect')]);
      const socket = accepted[0] as import('@netstrata/net-compat/core').Socket;
      return [listening.address(), socket.localAddress, socket.remoteAddress, socket.remoteFamily];
    });
    expect(seen).toEqual([{ address: '0.0.0.0', family: 'IPv4', port: 80 }, '10.0.0.1', '10.0.0.2', 'IPv4']);
  });

  it('has paths, which are of one host alone', async () => {
    const codes = await simulate().run(async (world) => {
      const [one, other] = [world.host('one'), world.host('other')];
      one.net.createServer((socket) => socket.end('here')).listen('/tmp/socket');
      const [text] = (await once(one.net.connect('/tmp/socket').setEncoding('utf8'), 'data')) as [string];
      const [error] = (await once(other.net.connect('/tmp/socket'), 'error')) as [{ code: string }];
      return [text, error.code];
    });
    expect(codes).toEqual(['here', 'ENOENT']);
  });

  it('resolves names through its own, and reports what is unknown as Node does', async () => {
    const error = await simulate().run(async (world) => (await once(world.host('a').net.connect(80, 'nowhere.example'), 'error'))[0] as Error);
    expect(error).toMatchObject({ message: 'getaddrinfo ENOTFOUND nowhere.example', code: 'ENOTFOUND', hostname: 'nowhere.example' });
  });

  it('lets what is listened on and dialled by default be the same on every Node', async () => {
    const marks = await simulate().run(async (world) => {
      const { net } = world.host('a');
      const server = net.createServer().listen(80);
      const client = net.connect(80);
      const [[accepted]] = (await Promise.all([once(server, 'connection'), once(client, 'connect')])) as [[typeof client], unknown];
      return [client.writableHighWaterMark, accepted.readableHighWaterMark, net.getDefaultAutoSelectFamilyAttemptTimeout()];
    });
    expect(marks).toEqual([65_536, 65_536, 250]);
  });

  it('cannot be used any more once it is closed', async () => {
    const world = simulate();
    const waiting = world.advance(10);
    world.close();
    for (const late of [world.advance(1), world.runUntil(() => true), world.runUntil(Promise.resolve())]) await expect(late).rejects.toMatchObject({ code: 'ERR_SIMULATION_CLOSED' });
    await expect(waiting).rejects.toMatchObject({ code: 'ERR_SIMULATION_CLOSED' });
    await expect(world.run(ask)).rejects.toMatchObject({ code: 'ERR_SIMULATION_CLOSED' });
  });
});

describe('a run that fails', () => {
  it('says the seed, the timeline and what is open, and the error stays what it was', async () => {
    class Mine extends Error {}
    const error = await simulate({ seed: 'seven' }).run(async (world) => {
      await ask(world);
      throw new Mine('not what I wanted');
    }).catch((thrown: unknown) => thrown as Error);
    expect(error).toBeInstanceOf(Mine);
    expect(error.message).toMatch(/^not what I wanted\n\nseed: "seven"; after 6 ms and \d+ entries:\n/);
    expect(error.message).toContain('client:32768 > server:7 sends 5 B "hello"');
    expect(error.message).toContain('server listens on [::]:7: waits for connections');
    expect(error.stack).toContain('seed: "seven"');
  });

  it('is one whose listener throws', async () => {
    await expect(simulate().run(async (world) => {
      world.host('a', { boot: echo });
      const socket = world.host('b').net.connect(7, 'a', () => {
        throw new RangeError('in a listener');
      });
      await once(socket, 'close');
    })).rejects.toThrow(/^in a listener\n\nseed/);
  });

  it('is one with an error that nobody listens for', async () => {
    await expect(simulate().run(async (world) => {
      world.host('a');
      await once(world.host('b').net.connect(7, 'a'), 'close');
    })).rejects.toMatchObject({ code: 'ECONNREFUSED', message: expect.stringContaining('is refused: ECONNREFUSED') as string });
  });

  it('is told, whatever is thrown', async () => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    await expect(simulate().run(() => Promise.reject('words'))).rejects.toMatchObject({ code: 'ERR_SIMULATION_FAILED', message: expect.stringContaining('The run ended with type string') as string });
  });

  it('is one in which nothing can happen any more: it says who waits for what', async () => {
    const error = await simulate().run(async (world) => {
      const server = world.host('server');
      server.net.createServer((socket) => socket.pause()).listen(80);
      const socket = world.host('client').net.connect(80, 'server');
      socket.write(Buffer.alloc(1_000_000));
      await once(socket, 'finish');
    }).then(() => { throw new Error('it went on'); }, (thrown: unknown) => thrown as Error & { code: string });
    expect(error.code).toBe('ERR_SIMULATION_STUCK');
    expect(error.message).toContain('client #1 client:32768 > server:80: a write is pending: 65536 bytes wait at server, which does not read');
    expect(error.message).toContain('server #1 server:80 > client:32768: does not read, though 65536 bytes have come');
  });

  it('is one that goes on and on', async () => {
    const endless = (world: import('../src/index.js').World) => {
      world.host('a').clock.setTimeout(function again() { world.get('a').clock.setTimeout(again, 10); }, 10);
      return new Promise(() => {});
    };
    await expect(simulate({ most: { events: 100 } }).run(endless)).rejects.toMatchObject({ code: 'ERR_SIMULATION_LIMIT' });
    await expect(simulate({ most: { time: 500 } }).run(endless)).rejects.toThrow(/^The run is not over after 500 ms/);
  });

  it('a scenario that is stuck may catch that, and go on', async () => {
    expect(await simulate().run(async (world) => {
      const code = await world.runUntil(() => false).catch((error: unknown) => (error as { code: string }).code);
      return [code, await ask(world)];
    })).toEqual(['ERR_SIMULATION_STUCK', 'hello']);
  });
});
