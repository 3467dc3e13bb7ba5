import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** The sources of a package's public entries: `./core` is src/core.ts or src/core/index.ts. */
function entries(folder) {
  const { exports } = JSON.parse(readFileSync(new URL(`${folder}/package.json`, import.meta.url), 'utf8'));
  return Object.keys(exports)
    .filter((entry) => !entry.endsWith('.json'))
    .map((entry) => `src/${entry === '.' ? 'index' : entry.slice(2)}{.ts,/index.ts}`);
}

const packages = readdirSync(new URL('packages', import.meta.url))
  .map((name) => `packages/${name}`)
  .filter((folder) => existsSync(new URL(`${folder}/package.json`, import.meta.url)));

/** @type {import('knip').KnipConfig} */
export default {
  workspaces: {
    '.': {
      // Run by name, from the root. What pages outside docs/ are compiled to imports vue.
      ignoreDependencies: ['@netstrata/config', 'pnpm', 'sherif', '@stryker-mutator/.+', 'vue'],
    },
    // Found by their names: VitePress's own files, and the pages' scripts.
    // The programs of the first page import the packages, and size-limit measures them: they are built before the site is.
    docs: {
      entry: ['.vitepress/{config,theme/index,reference/cli}.ts', '.vitepress/figures/*.data.ts', '.vitepress/theme/figures/*.ts', 'test/looks/pictures.ts', 'source/*.paths.ts', 'test/reference/fixture/*/src/index.ts', 'playground/playground.vue', 'playground/src/worker/{addresses,code}.ts', 'playground/examples/*/*.ts'],
      ignoreDependencies: ['events', '@netstrata/.+'],
    },
    // tsx is a peer of tsup: with it the root and this have one copy of that.
    'tools/config': { entry: ['{declarations,built}.mjs', 'mutation/*.mjs'], ignoreDependencies: ['tsx'] },
    ...Object.fromEntries(packages.map((folder) => [folder, { entry: entries(folder) }])),
    'packages/stream-core': {
      entry: entries('packages/stream-core'),
      // The npm package of that name is for bundles; knip takes the import for the builtin.
      ignoreDependencies: ['events'],
    },
    // Started as processes of their own by the tests and the benchmarks.
    'packages/net-compat': { entry: [...entries('packages/net-compat'), 'test/fixtures/{,register/}*.mjs', 'test/fixtures/polluted.ts', 'scenarios/{,support/}*.test.ts', 'scenarios/{vitest,tsup}.config.ts', 'scenarios/table/cli.ts', 'scenarios/support/harness.ts'], ignoreBinaries: ['mkfifo'] },
    // Asked about the unit, where it is.
    'packages/gateway': { entry: entries('packages/gateway'), ignoreBinaries: ['systemd-analyze'] },
    'packages/handles': { entry: [...entries('packages/handles'), 'test/fixtures/*.mjs'] },
    // Compilers and types of Node by their versions; what the programs import, which are compiled and never run.
    'tools/types': { ignore: ['programs/**'], ignoreDependencies: ['types-node-.+', '@types/.+', 'ioredis', 'mqtt', 'pg', 'undici', 'ws', '@netstrata/.+'] },
    'tools/bench': {
      entry: ['src/{client,server,work}.mjs', 'src/{growth,addresses}/program.mjs', 'src/growth/dialler.mjs', 'src/growth/measured/*.mjs', 'src/layers/*.mjs'],
      ignoreBinaries: ['taskset'],
      // Imported by name, each in a process of its own.
      ignoreDependencies: ['cidr-tools', 'ip', 'ip-address', 'ip-matching', 'ipaddr.js', 'netmask', 'proxy-addr'],
    },
    // Each is the program of a process of its own.
    'tools/integration': { entry: ['clients/{,tools/}*.mjs'], ignoreDependencies: ['@netstrata/net-compat'] },
    // Run by hand, or by other jobs of the gate; programs of processes of their own.
    'tools/peers': { entry: ['src/install.mjs', 'src/beside/write.mjs', 'test/**/programs/*.mjs'] },
    // Imported by the examples in the documents.
    'examples/readme': { ignoreDependencies: ['@netstrata/.+', 'http-terminator', 'ipaddr.js', 'mitm', 'socks', 'stoppable'] },
    // Bundled by the tests, for other runtimes.
    'examples/workers': { entry: ['test/programs/{deno,worker}.ts'] },
    // What stands in for modules of Node's, by name.
    'examples/browser': {
      entry: ['src/stand-ins/*.ts', 'servers/site.d.mts'],
      ignoreDependencies: ['assert', 'events', 'path-browserify', 'process', 'readable-stream', 'string_decoder', 'url', 'util'],
    },
    // The program of a thread.
    'examples/message-ports': { entry: ['test/support/*.mjs'] },
    // Consumers' programs, and the tools that run them where the packages are installed.
    'tools/packages': { entry: ['{layers,rooms}.d.mts', 'rooms.mjs', 'programs/*'], ignoreDependencies: ['jest', 'ts-node'] },
    // Programs of the projects that the rehearsal makes.
    'tools/release': { entry: ['consumers/*.mjs'] },
    // What `npm run fuzz` bundles and runs.
    'tools/fuzz': { entry: ['src/cli.ts'] },
    'tools/attack': { entry: ['src/cli.ts'] },
    // What they print stands in the guide, whose test runs them.
    'examples/simulation': { entry: ['prints/*.mjs', 'fails/*.{cjs,mjs}'] },
    // The same of `npm run explore`.
    'tools/explore': { entry: ['src/job.ts'] },
    // Copied beside the packed packages and run there by other runtimes.
    'tools/runtimes': { entry: ['suites/*.mjs', 'binaries.d.mts'] },
  },
};
