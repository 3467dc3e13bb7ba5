// A value is written to two replicas, and read from one of them.
// The partition makes it lie. Remove it, move it, make it shorter.
import type { World, WorldHost } from '@netstrata/simulation';

/** Resolves with the answer to a line, or with null if none comes in time. */
function ask(from: WorldHost, to: string, line: string) {
  return new Promise<string | null>((resolve) => {
    const socket = from.net.connect(1, to, () => socket.end(line));
    socket.setTimeout(400, () => socket.destroy());
    socket.on('data', (chunk) => resolve(String(chunk)));
    socket.on('error', () => {});
    socket.on('close', () => resolve(null));
  });
}

function replica(world: World, name: string) {
  let value = 'old'; // on disk: it survives a crash
  world.host(name, {
    boot: ({ net }) => net.createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (line) => {
        if (String(line) !== 'read') value = String(line);
        socket.end(value);
      });
    }).listen(1),
  });
}

export default async function run(world: World) {
  const app = world.host('app');
  replica(world, 'west');
  replica(world, 'east');
  const writes = [ask(app, 'east', 'new'), ask(app, 'west', 'new')];
  const answers = await Promise.all(writes);
  const written = answers.filter((answer) => answer === 'new').length;
  console.log(`written to ${written} of 2`);
  if (written === 0) return; // nothing was promised

  const value = await ask(app, 'west', 'read');
  console.log(`west says: ${value}`);
  if (value === 'old') throw new Error('what was written is not there');
}
