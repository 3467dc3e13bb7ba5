import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { Child } from '../src/measure/child.mjs';
import { generator, javascriptGenerator } from '../src/measure/generator.mjs';

const generators = [generator(), javascriptGenerator('a test')];
let server: Server | undefined;

afterEach(() => server?.close());

async function listening(accept: (socket: Socket) => void): Promise<string> {
  server = createServer(accept).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return String((server.address() as AddressInfo).port);
}

it.each(generators)('$name sends as many messages as it should, and nothing while the server is asked', async ({ command }) => {
  let bytes = 0;
  const errors: Error[] = [];
  const closed: Promise<void>[] = [];
  const port = await listening((socket) => {
    closed.push(new Promise((resolve) => void socket.on('error', (error) => errors.push(error)).on('close', resolve)));
    socket.on('data', (data) => {
      bytes += data.length;
      socket.write(data);
    });
  });
  const child = new Child('the load', [...command, 'echo', port, '3', '64', '20', '100']);
  expect([await child.line(4), bytes]).toEqual(['go', 20 * 64]);
  child.say('');
  expect(await child.line(4)).toMatch(/^done 100 /);
  child.kill();
  // An end, and no reset, which an answer too many would bring: so all that it has sent is here.
  await Promise.all(closed);
  expect([closed.length, errors, bytes]).toEqual([3, [], 120 * 64]);
});

it.each(generators)('$name ends with a message when the server goes away', async ({ command }) => {
  const port = await listening((socket) => void socket.on('error', () => {}).once('data', () => socket.resetAndDestroy()));
  const child = new Child('the load', [...command, 'echo', port, '2', '64', '100', '1000000']);
  await expect(child.line(4)).rejects.toThrow(/^the load ended with 1: .*(closed|reset)/is);
});

it.each(generators)('$name ends with a message when there is no server', async ({ command }) => {
  const port = await listening(() => {});
  await new Promise((resolve) => void server?.close(resolve));
  const child = new Child('the load', [...command, 'echo', port, '1', '64', '100', '1000000']);
  await expect(child.line(4)).rejects.toThrow(/refused/i);
});

it.each(generators)('$name knows no other host than this one', async ({ command }) => {
  const child = new Child('the load', [...command, 'echo', '192.0.2.1', '1', '64', '100', '1000000']);
  await expect(child.line(4)).rejects.toThrow(/ended with 1/);
});

it('takes the client in JavaScript where there is no compiler', () => {
  expect(javascriptGenerator('there is no C compiler').note).toMatch(/no C compiler.*less sharp/);
  expect(generator('a-compiler-that-is-not-there').name).toBe('JavaScript');
});
