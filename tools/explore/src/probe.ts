import type { WorldHost } from '@netstrata/simulation';
import type { Judge } from './judge.js';
import type { Scene } from './scene.js';

const PORT = 9000;

/** At the end the world works as at the beginning: every host accepts connections, and answers. */
export async function probe({ world, hosts, program }: Scene, judge: Judge): Promise<void> {
  const links = new Map(program.links.map(({ between, link }) => [between.join(), link]));
  for (const host of hosts) {
    host.limit({ openFiles: 1000, connectRetries: 6, backlog: 4096 });
    if (host.host.limits.readRate !== undefined) judge.fail('healed', `${host.name} still reads slowly`);
    if (host.host.isPaused || !host.isUp) judge.fail('healed', `${host.name} stands still`);
  }
  const answers: string[] = [];
  const servers = hosts.map((host) => {
    const server = host.net.createServer((socket) => { socket.on('error', () => {}).pipe(socket); });
    return server.listen(PORT);
  });
  await world.sleep(1000);
  hosts.forEach((from, i) => {
    hosts.forEach((to, j) => {
      const link = links.get([Math.min(i, j), Math.max(i, j)].join()) ?? program.link;
      const path = world.network.path(from.host, to.host);
      const { conditions } = path;
      // A reset that has met no connection yet does no harm.
      path.forgetResets();
      if (from !== to && inOrder(conditions) !== inOrder(link)) judge.fail('healed', `the link from ${from.name} to ${to.name} is ${JSON.stringify(conditions)}`);
      if (addressOf(from, to) !== null) answers.push(`${from.name} > ${to.name}`);
    });
  });
  for (const from of hosts) for (const to of hosts) dial(from, to, (answered) => { answers.splice(answers.indexOf(answered), 1); }, judge);
  await world.sleep(300_000);
  for (const missing of answers) judge.fail('healed', `no answer: ${missing}`);
  for (const server of servers) server.close();
  await world.sleep(10_000);
}

/** Independent of the order in which they were given. */
function inOrder(conditions: object): string {
  return JSON.stringify(Object.entries(conditions).filter(([, value]) => value !== undefined).sort());
}

function dial(from: WorldHost, to: WorldHost, answered: (who: string) => void, judge: Judge): void {
  const host = addressOf(from, to);
  if (host === null) return;
  const who = `${from.name} > ${to.name}`;
  const socket = from.net.connect({ port: PORT, host }, () => { socket.end('x'); });
  socket.on('data', () => { answered(who); });
  socket.on('error', (error: Error) => { judge.fail('healed', `${who}: ${error.message}`); });
}

function addressOf(from: WorldHost, to: WorldHost): string | null {
  const own = from.host.places.map(({ version }) => version);
  return to.addresses.find((one) => own.includes(one.includes(':') ? 6 : 4)) ?? null;
}
