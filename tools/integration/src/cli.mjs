// npm test -- --only integration, or node src/cli.mjs [clients...] [--runtime PATH]
import { Report } from '@netstrata/report';
import { program } from 'commander';
import { CLIENTS, QUICK_TOOLS, TOOLS, integration } from './job.mjs';
import { installServers } from './servers/servers.mjs';

const known = [...Object.keys(CLIENTS), ...TOOLS];

program
  .description('Clients do their work on node:net and on net-compat, against real servers; what they see must be the same. Needs a build.')
  .argument('[clients...]', `which: ${known.join(', ')}`)
  .option('--runtime <path>', 'the Node binary that runs them', process.execPath)
  .option('--all', 'tools in all of their lanes; they alone, where no client is named')
  .option('--install', 'fetches the servers, and does no more');
program.parse();

if (program.opts().install) {
  // If servers are not available, the clients that need them are skipped with the reason.
  for (const reason of await installServers()) console.log(reason);
  process.exit();
}

const { all = false, runtime } = program.opts();
const named = program.processedArgs[0];
const clients = named.length > 0 ? named : all ? TOOLS : [...Object.keys(CLIENTS), ...QUICK_TOOLS];
for (const name of clients) if (!known.includes(name)) program.error(`no client ${name}; there are ${known.join(', ')}`);

const report = new Report(all ? 'integration-tools' : 'integration', { quiet: true }); // each run prints itself
await integration(report, { clients, runtime, all });
process.exitCode = report.finish(process.env.NETSTRATA_REPORTS);
