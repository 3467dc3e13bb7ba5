import type { Net } from '@netstrata/net-compat/core';
import { simulate, type TimelineEntry } from '@netstrata/simulation';

export interface Run {
  readonly entries: readonly TimelineEntry[];
  readonly report: string;
  readonly digest: string;
  /** What the account of the bank holds in the end. */
  readonly balance: number;
  /** Payments that the client believes to be made. */
  readonly paid: number;
  /** Milliseconds that passed in the world. */
  readonly took: number;
}

const PAYMENTS = 3;
const TRIES = 4;

/** Pays in, and tries again when that fails or takes more than a second: which may pay in twice, as the run then shows. */
function deposit(net: Net, amount: number, tries = TRIES): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    let answer = '';
    const socket = net.connect(80, 'bank', () => socket.write(`${amount}\n`));
    socket.setTimeout(1000, () => socket.destroy(new Error('no answer')));
    socket.setEncoding('utf8').on('data', (text: unknown) => { answer += String(text); });
    socket.on('end', () => { if (answer === '') socket.destroy(new Error('no answer')); else resolve(Number(answer)); });
    socket.on('error', reject);
  }).catch((error: unknown) => {
    if (tries === 1) throw error;
    return deposit(net, amount, tries - 1);
  });
}

/** A bank and a client, with faults that the seed decides. */
export async function runWorld(seed: number): Promise<Run> {
  let balance = 0;
  let paid = 0;
  const world = simulate({ seed, link: { latency: 20, jitter: 15 }, faults: { most: 3, within: 250, longest: 1500, kinds: ['partition', 'crash', 'reset', 'link', 'refuse'] } });
  world.host('bank', '10.0.0.1', {
    boot: ({ net }) => net.createServer((socket) => {
      socket.on('error', () => {}).once('data', (amount) => socket.end(`${balance += Number(amount)}\n`));
    }).listen(80),
  });
  // Without `boot`: no fault lets it crash.
  const client = world.host('client', '10.0.0.2');
  await world.run(async () => {
    for (let i = 0; i < PAYMENTS; i += 1) await deposit(client.net, 10).then(() => { paid += 1; }, () => {});
  });
  const { timeline, now } = world;
  const run = { entries: [...timeline.entries], report: timeline.toString(), digest: timeline.digest, balance, paid, took: now };
  world.close();
  return run;
}
