// A world: two hosts, a link between them, and time that passes only
// while somebody waits. Click into the diagram to let something go wrong.
import type { World } from '@netstrata/simulation';

export default async function run(world: World) {
  world.host('server', {
    boot: ({ net }) => net.createServer((socket) => {
      socket.on('data', (chunk) => socket.write(`you said ${String(chunk)}`));
      socket.on('end', () => socket.end());
      socket.on('error', () => {});
    }).listen(7),
  });

  const client = world.host('client');
  for (const word of ['one', 'two']) {
    const socket = client.net.connect(7, 'server');
    socket.end(word);
    await new Promise((resolve) => {
      socket.on('data', (chunk) => console.log(`${world.now} ms: ${String(chunk)}`));
      socket.on('error', (error) => console.log(error.message));
      socket.on('close', resolve);
    });
  }
}
