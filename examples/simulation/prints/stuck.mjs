import { simulate } from '@netstrata/simulation';

const world = simulate();
world.host('server').net.createServer((socket) => socket.resume()).listen(80); // answers nothing
const client = world.host('client');
const answered = world.run(() => new Promise((resolve) => {
  client.net.connect(80, 'server').once('data', resolve).write('anybody there?');
}));
await answered.catch((error) => console.log(error.message));
