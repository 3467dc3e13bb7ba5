import * as mail from '../clients/mail.js';
import * as mqtt from '../clients/mqtt.js';
import { visit } from '../clients/redis.js';
import { fetchSettings, type Settings } from '../settings.js';
import { find, onUse } from './elements.js';

/** A section with a button and what came of it. */
function section(id: string, task: (servers: Settings['servers']) => Promise<string>): void {
  onUse(find(`#${id} button`), find(`#${id} output`), async () => task((await fetchSettings()).servers));
}

function there<T>(server: T | undefined): T {
  if (server === undefined) throw new Error('it is not there: the site found no program for it');
  return server;
}

export function showClients(): void {
  section('redis', async ({ redis, rediss }) => {
    const encrypted = find<HTMLInputElement>('#redis input').checked;
    return `visit number ${await visit(there(encrypted ? rediss : redis))}`;
  });
  section('mqtt', async ({ mosquitto }) => `heard all ${(await mqtt.work(there(mosquitto)) as string[]).length} of them, with qos 0, 1 and 2`);
  section('mail', async ({ smtp }) => `the server answered ${(await mail.send(there(smtp))).response}`);
}
