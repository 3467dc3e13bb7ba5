import { Command, InvalidArgumentError, Option } from 'commander';
import { MAJORS } from '../runtimes/binaries.mjs';
import { gate, one } from './gate.mjs';
import { JOBS, PACKAGES, SCENARIOS } from './jobs.mjs';
import { run } from './process.mjs';

/** The jobs of `npm run check`: no tests. */
const CHECKS = ['types', 'lint-changed', 'layers', 'manifests', 'sherif', 'sizes', 'knip', 'published'];
/** The JavaScript of all packages, or of the filtered ones. */
const build = (...filters) => ['turbo', 'run', 'build', '--output-logs=errors-only', ...filters];

function names(text) {
  const all = text.split(',');
  const unknown = all.filter((name) => !JOBS.some((job) => job.name === name));
  if (unknown.length > 0) throw new InvalidArgumentError(`There is no job ${unknown.join(', ')}. There are ${JOBS.map(({ name }) => name).join(', ')}.`);
  return all;
}

/** The short name of a package. */
function packageName(text) {
  const name = text.replace(/^(@netstrata|packages)\//, '').replace(/\/$/, '');
  if (!PACKAGES.includes(name)) throw new InvalidArgumentError(`There is no such package. There are ${PACKAGES.join(', ')}.`);
  return name;
}

/** Every job by its name, for --only. */
const listOfJobs = () => ['', 'Jobs:', ...JOBS.map(({ name, title, all, check }) => `  ${name.padEnd(22)}${title}${all ? ' (--all)' : check ? ' (npm run check)' : ''}`)].join('\n');

/** Runs commands in turn, until one fails. */
async function inTurn(...commands) {
  for (const command of commands) {
    const code = await run(command);
    if (code !== 0) return code;
  }
  return 0;
}

const program = new Command('npm run').description('The jobs of this repository').showHelpAfterError().allowExcessArguments(false);
const exits = (action) => async (...args) => {
  process.exitCode = await action(...args);
};
program
  .command('test')
  .usage('-- [options]')
  .addHelpText('after', listOfJobs)
  .description('the gate: all that CI checks')
  .option('--only <jobs>', 'these alone, with what they need; separated by commas', names)
  .option('--all', 'all there is, as before a release')
  .option('--write-counts', 'remembers how many tests there were, for a machine where all can run')
  .action(exits(gate));
program.command('check').description('types, lint, layers, sizes, knip, packages: no tests').action(exits(() => gate({ only: CHECKS })));
program
  .command('one')
  .usage('-- <package> [tests...] [options]')
  .description('types, lint and tests of one package, on its sources')
  .argument('<package>', PACKAGES.join(', '), packageName)
  .argument('[tests...]', 'those alone whose path contains one of these')
  .addOption(new Option('--node <major>', 'the Node that runs the tests').choices(MAJORS.map(String)))
  .addOption(new Option('--driver <name>', 'what drives the sockets').choices(['libuv', 'host']))
  .action(exits((name, tests, { node, driver }) => one(name, { tests, on: node && Number(node), driver })));
program
  .command('demo')
  .description('a few scenes on real sockets')
  .argument('[args...]')
  .allowUnknownOption()
  .action(exits((args) => inTurn(build('--filter=@netstrata/example-demo...'), ['node', 'examples/demo/dist/main.js', ...args])));
program
  .command('docs')
  .description('builds the site and serves it')
  .argument('[args...]')
  .allowUnknownOption()
  .helpOption(false)
  .action(exits((args) => inTurn(['turbo', 'run', 'site', '--output-logs=errors-only'], ['pnpm', '--silent', '--dir', 'docs', 'preview', ...args])));
program.command('build').description('the JavaScript of all packages').action(exits(() => run(build())));
program
  .command('conformance')
  .description('all scenarios on every Node, with each driver, and on Windows; writes docs/compatibility/conformance.md')
  .action(exits(async () => (await gate({ only: SCENARIOS, all: true })) || run(['tsx', 'packages/net-compat/scenarios/table/cli.ts', 'write', 'reports'])));
program
  .command('coverage')
  .description('the lines of packages/*/src that no test reaches, over all suites together')
  .action(exits(() => inTurn(build(), ['vitest', 'run', '--coverage'])));
program
  .command('mutation')
  .description('faults in the sources that no test notices')
  .argument('[packages...]', 'which', ['ip-utils', 'stream-core'])
  .action(exits((packages) => inTurn(...packages.map((name) => ['pnpm', '--dir', `packages/${name}`, 'exec', 'stryker', 'run', '../../tools/config/mutation/stryker.mjs']))));
program
  .command('create-package')
  .description('a new transport')
  .argument('[args...]')
  .allowUnknownOption()
  .helpOption(false)
  .action(exits((args) => run(['tsx', 'tools/create-package/src/cli.ts', ...args])));
await program.parseAsync();
