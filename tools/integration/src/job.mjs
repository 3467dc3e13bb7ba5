import { judge } from './judge.mjs';
import { LANES, QUICK_TOOL_LANES, TOOL_LANES } from './lanes.mjs';
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

/** What puts itself between a socket and its handle: files in clients/tools/. */
export const TOOLS = [
  'nock', 'interceptors', 'msw', 'mitm', 'opentelemetry-net', 'cls-hooked', 'continuation-local-storage', 'async-listener',
  'why-is-node-running', 'net-ipc', 'stoppable', 'http-terminator',
];

/** Those of `npm test`: one of each kind. */
export const QUICK_TOOLS = ['nock', 'msw', 'mitm', 'opentelemetry-net', 'async-listener', 'http-terminator'];

/** Below the host driver there are sockets of the builtin, and their handles: what these two tell of handles is another there. */
const NOT_ON_HOST = new Set(['continuation-local-storage', 'why-is-node-running']);

/** The lanes of a tool. */
function lanesOf(tool, all) {
  if (!all) return QUICK_TOOL_LANES;
  return Object.keys(TOOL_LANES).filter((lane) => !(NOT_ON_HOST.has(tool) && lane.includes('host driver')));
}

/** Adds the results of one run to the report, and prints a line for it and one for everything that failed. */
function add(report, name, results, ms) {
  for (const result of results) report.add(`${name} > ${result.name}`, result.status, result.detail);
  const failed = results.filter(({ status }) => status === 'failed');
  const counts = [`${results.length - failed.length} passed`, ...(failed.length > 0 ? [`${failed.length} failed`] : [])];
  console.log(`  ${failed.length > 0 ? '✗' : '✓'} ${name}: ${counts.join(', ')} (${(ms / 1000).toFixed(1)} s)`);
  for (const { name: title, detail } of failed) console.log(`      ✗ ${title}${detail ? `\n${detail.replace(/^/gm, '        ')}` : ''}`);
}

/** Runs a client in every lane, the control first. */
async function runLanes(report, client, lanes, names, options) {
  let control;
  for (const name of names) {
    const started = performance.now();
    const run = await runClient(client, name, lanes[name], options);
    control ??= run;
    add(report, `${client} on ${name}`, judge(name, run, control, lanes), performance.now() - started);
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
 * @param {{ clients: string[], runtime: string, all: boolean }} options `all`: tools in all of their lanes
 */
export async function integration(report, { clients, runtime, all }) {
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
      } else if (TOOLS.includes(client)) {
        await runLanes(report, `tools/${client}`, TOOL_LANES, lanesOf(client, all), { runtime });
      } else {
        await runLanes(report, client, LANES, Object.keys(LANES), { runtime, where });
      }
    });
  } finally {
    await servers.close();
  }
}
