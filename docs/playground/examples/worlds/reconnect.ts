// A client that stays connected. The server crashes and tells nobody:
// how long until the client notices?
import type { World } from '@netstrata/simulation';

const SILENCE = 300; // milliseconds without a word; try 120, or 2000

export default async function run(world: World) {
  world.host('server', {
    boot: ({ net, clock }) => net.createServer((socket) => {
      const beat = () => {
        socket.write('tick');
        timer = clock.setTimeout(beat, 100);
      };
      let timer = clock.setTimeout(beat, 0);
      socket.on('error', () => {});
      socket.on('close', () => clock.clearTimeout(timer));
    }).listen(7),
  });

  const client = world.host('client');
  const stay = () => {
    const socket = client.net.connect(7, 'server');
    socket.setTimeout(SILENCE, () => socket.destroy()).resume();
    socket.on('connect', () => console.log(`${world.now} ms: connected`));
    socket.on('error', (error) => console.log(`${world.now} ms: ${error.message}`));
    socket.on('close', () => {
      console.log(`${world.now} ms: closed`);
      client.clock.setTimeout(stay, 50);
    });
  };
  stay();
  await world.sleep(1200);
}
