import { Command } from 'commander';
import { folders } from '../../packages/layers.mjs';
import { writeAddress } from './metadata/address.js';
import { publish } from './publish/publish.js';
import { rehearse } from './rehearsal/rehearse.js';
import { version } from './versions/version.js';

const program = new Command('release').description('Versions, publishing, and a rehearsal of both').showHelpAfterError().allowExcessArguments(false);
const exits = <T extends unknown[]>(action: (...args: T) => number | Promise<number>) => async (...args: T): Promise<void> => {
  process.exitCode = await action(...args);
};

program.command('version').description('changesets become versions and changelogs; packages that stand on a breaking change follow it').action(exits(version));
program.command('rehearse').description('all of a release, with a registry on this machine, and what users make of it').action(exits(() => rehearse()));
program
  .command('registry')
  .description('a registry on this machine with the packages as they are now, until it is interrupted')
  .action(exits(() => rehearse({ registryOnly: true })));
program
  .command('address')
  .description("writes homepage, repository and bugs of the root's package.json into those of packages")
  .action(() => {
    const changed = writeAddress(folders.map((folder) => `packages/${folder}`));
    console.log(changed.length === 0 ? 'All packages have it already.' : changed.map((folder) => `${folder}/package.json`).join('\n'));
  });
program
  .command('publish')
  .description('checks everything, and publishes what the registry does not have yet')
  .option('--no-provenance', 'where npm cannot prove what it was built from')
  .option('--tested', 'npm run test:all has passed for this commit, where there are no secrets')
  .action(exits(publish));
await program.parseAsync();
