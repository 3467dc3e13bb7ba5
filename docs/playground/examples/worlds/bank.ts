// Whatever happens, what was paid in is in the account once.
// Is it? Press “Explore 100 seeds”.
import type { World, WorldHost } from '@netstrata/simulation';

/** Tries again when it fails, or when nobody answers for a second. */
function deposit(host: WorldHost, amount: number, tries = 3) {
  return new Promise<number>((resolve, reject) => {
    let answer = '';
    const socket = host.net.connect(80, 'bank', () => socket.write(`${amount}`));
    const giveUp = () => socket.destroy(new Error('no answer'));
    socket.setTimeout(1000, giveUp);
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('end', () => (answer === '' ? giveUp() : resolve(Number(answer))));
    socket.on('error', (error) => {
      if (tries === 1) reject(error);
      else deposit(host, amount, tries - 1).then(resolve, reject);
    });
  });
}

export default async function run(world: World) {
  let balance = 0; // on disk: it survives a crash
  world.host('bank', {
    boot: ({ net }) => net.createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (amount) => socket.end(`${(balance += Number(amount))}`));
    }).on('error', () => {}).listen(80),
  });
  const client = world.host('client');

  const isPaid = await deposit(client, 5).then(() => true, () => false);
  console.log(`paid: ${isPaid}, balance: ${balance}`);
  if (isPaid && balance !== 5) throw new Error(`the balance is ${balance}`);
}
