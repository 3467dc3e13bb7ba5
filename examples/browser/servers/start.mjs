import { build } from 'vite';
import { fileURLToPath } from 'node:url';
import { openServers } from './servers.mjs';
import { openSite } from './site.mjs';

const servers = await openServers();
for (const reason of servers.missing) console.log(`without ${reason}`);
await build({ root: fileURLToPath(new URL('..', import.meta.url)), logLevel: 'warn' });
const site = await openSite(servers.where, { port: 5199 });
for (const [name, { host, port }] of Object.entries(servers.where)) console.log(`${name.padEnd(10)} ${host}:${port}`);
console.log(`\nOpen ${site.url}  (Ctrl+C ends everything)`);

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    void Promise.all([site.close(), servers.close()]).then(() => process.exit());
  });
}
