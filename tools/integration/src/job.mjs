import { judge } from './judge.mjs';
import { LANES } from './lanes.mjs';
import { runClient } from './run-client.mjs';
import { openServers } from './servers/servers.mjs';

/** Every client, a file in clients/, and the server that it needs; the others start their own. */
export const CLIENTS = {
  pg: 'postgres',
  mysql2: 'mariadb',
  ioredis: 'redis',
  undici: null,
  mqtt: null,
  ssh2: null,
  ws: null,
  nodemailer: null,
};

/** Adds the results of one run to the report, and prints a line for it and one for everything that failed. */
function add(report, name, results, ms) {
  for (const result of results) report.add(`${name} > ${result.name}`, result.status, result.detail);
  const failed = results.filter(({ status }) => status === 'failed');
  const counts = [`${results.length - failed.length} passed`, ...(failed.length > 0 ? [`${failed.length} failed`] : [])];
  console.log(`  ${failed.length > 0 ? '✗' : '✓'} ${name}: ${counts.join(', ')} (${(ms / 1000).toFixed(1)} s)`);
  for (const { name: title, detail } of failed) console.log(`      ✗ ${title}${detail ? `\n${detail.replace(/^/gm, '        ')}` : ''}`);
}

/** Runs a client in every lane, the control first. */
async function runLanes(report, client, options) {
  let control;
  for (const lane of Object.keys(LANES)) {
    const started = performance.now();
    const run = await runClient(client, lane, options);
    control ??= run;
    add(report, `${client} on ${lane}`, judge(lane, run, control), performance.now() - started);
  }
}

/** Two at a time: clients and servers wait for each other half of the time. */
async function inPairs(items, work) {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}

/**
 * @param {import('@netstrata/report').Report} report
 * @param {{ clients: string[], runtime: string }} options
 */
export async function integration(report, { clients, runtime }) {
  const servers = await openServers([...new Set(clients.map((client) => CLIENTS[client]).filter(Boolean))]);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void servers.close().finally(() => process.exit(1)));
  try {
    await inPairs(clients, async (client) => {
      const { where, skipped, failed } = servers.started[CLIENTS[client]] ?? {};
      if (skipped) {
        report.add(client, 'skipped', skipped);
        console.log(`  – ${client} (skipped: ${skipped})`);
      } else if (failed) {
        add(report, client, [{ name: 'its server starts', status: 'failed', detail: failed }], 0);
      } else {
        await runLanes(report, client, { runtime, where });
      }
    });
  } finally {
    await servers.close();
  }
}
