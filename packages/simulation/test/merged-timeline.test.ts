import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { simulate, type World } from '../src/index.js';
import { ask } from './support/programs.js';

/** A client that sends so much, one byte after the other, to a server that answers nothing. */
async function sends(world: World, text: string, pause: number): Promise<void> {
  world.host('server', { boot: ({ net }) => { net.createServer((socket) => socket.resume()).listen(7); } });
  const socket = world.host('client').net.connect(7, 'server');
  await once(socket, 'connect');
  for (const letter of text) {
    socket.write(letter);
    if (pause > 0) await world.sleep(pause);
  }
  socket.end();
  await world.sleep(100);
}

const shown = (world: World): string[] => world.timeline.toString().split('\n').filter((line) => /B/.test(line)).map((line) => line.slice(23).trim());

describe('many single bytes in one direction', () => {
  it('are a line where they get to the other host, and a line where they are read', async () => {
    const world = simulate({ link: { latency: 1, bandwidth: 1000, segment: 1 } });
    await world.run((it) => sends(it, 'hello, world', 0));
    const { timeline } = world;
    expect(shown(world).filter((line) => line.includes('times'))).toEqual([
      expect.stringMatching(/^server {2}#1 server:7 > client:32768 gets \d+ times 1 B \(until \d+ at \d+\.\d{3} ms\)$/),
      expect.stringMatching(/^server {2}#1 server:7 > client:32768 reads \d+ times 1 B \(until \d+ at \d+\.\d{3} ms\)$/),
    ]);
    // The entries are what they were.
    expect(timeline.entries.filter(({ kind, host }) => kind === 'arrive' && host === 'server')).toHaveLength(12);
    expect(timeline.entries.map(({ number }) => number)).toEqual(Array.from({ length: timeline.count }, (_, i) => i + 1));
  });

  it('are a line where they are sent, with what they were', async () => {
    const world = simulate();
    await world.run((it) => sends(it, 'abcdefghijklmnopqrstuvwxyz0123456789', 10));
    const lines = shown(world);
    expect(lines.length).toBeLessThan(8);
    expect(lines).toContainEqual(expect.stringMatching(/^client {2}#1 client:32768 > server:7 sends \d+ times 1 B "[a-z]{23,24}"\.\.\. \(until \d+ at/));
  });

  it('few are shown as they are, and so is a conversation', async () => {
    const world = simulate();
    await world.run(async (it) => {
      await sends(it, 'x', 0);
      for (let i = 0; i < 3; i++) world.log('between');
    });
    expect(world.timeline.toString()).not.toContain('times');
    expect(world.timeline.toString().split('\n')).toHaveLength(world.timeline.count);
    const other = simulate();
    await other.run((it) => ask(it, 'y'));
    expect(other.timeline.toString()).not.toContain('times');
  });
});
