import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import builtin from 'node:net';
import { createNet, type Socket } from '@netstrata/net-compat/core';
import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { encrypted } from '../src/index.js';
import { exchange, serving } from './support/exchange.js';
import { tampered, untouched, type Tamper } from './support/tampered.js';

const secret = randomBytes(32);
const texts = ['one ', 'two ', 'three '];

/** What the server sees when somebody changes what the client sends: 0 is the salt, 1 to 3 are the texts, 4 is the end. */
async function seenBy(tamper: Tamper, accepted?: Tamper) {
  return exchange(encrypted(tampered(tcp, tamper, accepted), secret), encrypted(tampered(tcp, untouched, accepted), secret), texts);
}

/** Flips one bit of one frame. */
const flip = (frame: number, byte: number): Tamper => (bytes, number) => {
  if (number !== frame) return [bytes];
  const copy = new Uint8Array(bytes);
  copy[byte < 0 ? copy.length + byte : byte] ^= 1;
  return [copy];
};

let before: Uint8Array[] = [];

const ways: Record<string, { tamper: Tamper; arrives: string }> = {
  'flips a bit of the text': { tamper: flip(2, 5), arrives: 'one ' },
  'flips a bit of the tag': { tamper: flip(2, -1), arrives: 'one ' },
  'flips a bit of the kind': { tamper: flip(2, 0), arrives: 'one ' },
  'makes a frame shorter': { tamper: flip(2, 3), arrives: 'one ' },
  'makes a frame longer than frames may be': { tamper: flip(2, 1), arrives: 'one ' },
  'takes a frame away': { tamper: (bytes, number) => (number === 2 ? [] : [bytes]), arrives: 'one ' },
  'sends a frame again': { tamper: (bytes, number) => (number === 2 ? [bytes, bytes] : [bytes]), arrives: 'one two ' },
  'puts frames in another order': {
    tamper(bytes, number) {
      if (number === 2) before = [bytes];
      return number === 2 ? [] : [bytes, ...before.splice(0)];
    },
    arrives: 'one ',
  },
  'takes the end away': { tamper: (bytes, number) => (number === 4 ? [] : [bytes]), arrives: 'one two three ' },
  'cuts the last frame off': { tamper: (bytes, number) => [number === 4 ? bytes.subarray(0, 7) : bytes], arrives: 'one two three ' },
  'changes the salt': { tamper: flip(0, 0), arrives: '' },
};

describe('who sees that somebody', () => {
  for (const [what, { tamper, arrives }] of Object.entries(ways)) {
    it(`${what} fails with EPROTO, and gets what was before and no more`, async () => {
      const { server, client } = await seenBy(tamper);
      if (what === 'changes the salt') {
        // The proof of the server is no proof then.
        expect(client.error).toMatchObject({ code: 'EPROTO', syscall: 'connect' });
        return;
      }
      expect(server.events.join('')).toBe(arrives);
      expect(server.error).toMatchObject({ message: 'read EPROTO', code: 'EPROTO', errno: -71, syscall: 'read' });
      expect(server.error!.cause).toBeInstanceOf(Error);
    });
  }

  it('adds something behind the end fails, if it is still there', async () => {
    await serving(encrypted(tcp, secret), async (server, port) => {
      const twice: Tamper = (bytes, number) => (number === 1 ? [bytes, bytes] : [bytes]);
      const client = createNet({ tcp: encrypted(tampered(tcp, twice), secret) }).connect(port, '127.0.0.1');
      client.on('error', () => {}).end();
      const [socket] = (await once(server, 'connection')) as [Socket];
      socket.resume();
      const [error] = (await once(socket, 'error')) as [Error];
      expect(error).toMatchObject({ message: 'read EPROTO' });
    });
  });

  it('changes nothing sees nothing', async () => {
    const { server, client } = await seenBy(untouched);
    expect([server.events.join(''), server.error]).toEqual(['one two three end', null]);
    expect([client.events.join(''), client.error]).toEqual(['byeend', null]);
  });

  it('changes what the server sends fails as well', async () => {
    // 0 is the salt, 1 the proof, 2 the text.
    const { client } = await seenBy(untouched, flip(2, 5));
    expect(client.events).toEqual([]);
    expect(client.error).toMatchObject({ message: 'read EPROTO' });
  });
});

it('another secret is no connection', async () => {
  const { client, server } = await exchange(encrypted(tcp, randomBytes(32)), encrypted(tcp, secret), texts);
  expect(client.events).toEqual([]);
  expect(client.error).toMatchObject({ code: 'EPROTO', syscall: 'connect', address: '127.0.0.1' });
  expect(server.events).toEqual([]);
  expect(server.error).not.toBeNull();
});

/** What the client of a whole exchange sends, byte for byte. */
async function recorded(): Promise<Buffer> {
  const sent: Uint8Array[] = [];
  await seenBy((frame) => {
    sent.push(new Uint8Array(frame));
    return [frame];
  });
  return Buffer.concat(sent);
}

it('what was recorded cannot be played again, and no two connections look alike', async () => {
  const [one, other] = [await recorded(), await recorded()];
  expect(one.length).toBe(other.length);
  expect(one.includes('two')).toBe(false);
  expect(one.subarray(32).equals(other.subarray(32))).toBe(false);
  await serving(encrypted(tcp, secret), async (server, port) => {
    const again = builtin.connect(port, '127.0.0.1');
    again.on('error', () => {}).write(one);
    const [socket] = (await once(server, 'connection')) as [Socket];
    const read: unknown[] = [];
    socket.on('data', (chunk) => read.push(chunk));
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error).toMatchObject({ message: 'read EPROTO' });
    expect(read).toEqual([]);
    again.destroy();
  });
});

it('refuses a secret that is none', () => {
  expect(() => encrypted(tcp, new Uint8Array(16))).toThrow('The secret must have 32 bytes');
});
