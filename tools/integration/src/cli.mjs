// npm test -- --only integration, or node src/cli.mjs [clients...] [--runtime PATH]
import { Report } from '@netstrata/report';
import { program } from 'commander';
import { CLIENTS, integration } from './job.mjs';
import { installServers } from './servers/servers.mjs';

program
  .description('Clients do their work on node:net and on net-compat, against real servers; what they see must be the same. Needs a build.')
  .argument('[clients...]', `which: ${Object.keys(CLIENTS).join(', ')}`, Object.keys(CLIENTS))
  .option('--runtime <path>', 'the Node binary that runs them', process.execPath)
  .option('--install', 'fetches the servers, and does no more');
program.parse();

if (program.opts().install) {
  // If servers are not available, the clients that need them are skipped with the reason.
  for (const reason of await installServers()) console.log(reason);
  process.exit();
}

const clients = program.processedArgs[0];
for (const name of clients) if (!(name in CLIENTS)) program.error(`no client ${name}; there are ${Object.keys(CLIENTS).join(', ')}`);

const report = new Report('integration', { quiet: true }); // each run prints itself
await integration(report, { clients, runtime: program.opts().runtime });
process.exitCode = report.finish(process.env.NETSTRATA_REPORTS);
