import { existsSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { MAJORS, nodeOf, unavailable } from '../runtimes/binaries.mjs';
import { env, root } from './process.mjs';
import { records } from './records.mjs';

/**
 * The jobs of `npm test`. Several run at a time, in this order, unless one waits for another.
 * @typedef {object} Job
 * @property {string} name for --only, and of its report
 * @property {string} title
 * @property {string[]} command
 * @property {Record<string, string>} [env]
 * @property {string[]} [needs] jobs whose work it uses: they run before it, also when it alone is asked for
 * @property {string[]} [after] jobs that it waits for where they run as well
 * @property {boolean} [reports] it writes reports/NAME.json, as vitest's reporter does or tools/report; if not, how it ends is its one result
 * @property {string} [place] what stands before the name of each of its results
 * @property {string} [skip] why it cannot run here
 * @property {boolean} [aside] it waits for the network most of the time, and takes no other's place
 * @property {boolean} [all] of `npm run test:all` alone
 * @property {boolean} [check] of `npm run check` alone
 */

/** The placeholder for the folder in which this run keeps its reports, in commands and in values of `env`. */
export const REPORTS = '{reports}';

const RUNNING = Number(process.versions.node.split('.')[0]);
const NEWEST = MAJORS.at(-1);
/** Nodes that are neither the one that runs this nor the newest. */
const BETWEEN = MAJORS.slice(1, -1).filter((major) => major !== RUNNING);

/** A run of vitest in a folder, on a Node and with a driver. */
function vitest(name, title, { on = RUNNING, driver = 'default', folder = '.', projects = [], place, flags = [], env: added = {}, ...more }) {
  const { file = '', skip } = nodeOf(on);
  const where = [on === RUNNING ? '' : `Node ${on}`, driver === 'host' ? 'host driver' : ''].filter(Boolean).join(', ');
  const isRoot = folder === '.';
  return {
    name, title, skip, reports: true, place: place ?? where,
    needs: [...(isRoot ? ['build'] : []), ...(on === RUNNING ? [] : ['runtimes'])],
    command: [
      file, join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder,
      '--reporter=default', '--reporter=json', `--outputFile=${REPORTS}/${name}.json`,
      ...projects.map((project) => `--project=${isRoot ? '@netstrata/' : ''}${project}`), ...flags,
    ],
    // For tests that start a `node`.
    env: { NETSTRATA_DRIVER: driver === 'host' ? 'host' : '', PATH: `${dirname(file)}${delimiter}${env.PATH}`, ...added },
    ...more,
  };
}

/**
 * The scenarios of conformance. docs/compatibility/conformance.md reports these results, so they always include where they ran. With the host driver they are compared with
 * what the builtin showed in the run without.
 */
function scenarios(on, driver = 'default', { env: added, ...more } = {}) {
  const where = `Node ${on}${driver === 'host' ? ', host driver' : ''}`;
  const shared = { env: { NETSTRATA_RECORDS: `${REPORTS}/records-${on}`, ...added }, after: driver === 'host' ? [`scenarios-${on}`] : [] };
  return vitest(`scenarios-${on}${driver === 'host' ? '-host' : ''}`, `scenarios on node:net and net-compat, ${where}`, { on, driver, folder: 'packages/net-compat/scenarios', place: `${where}: conformance`, ...shared, ...more });
}

const members = (area) => readdirSync(join(root, area)).filter((name) => existsSync(join(root, area, name, 'vitest.config.ts')));
export const PACKAGES = members('packages');
const SOURCES = PACKAGES.map((name) => `packages/${name}/src`);
/** The compliance suites of the transports of the system. */
const MEDIA = ['transport-tcp', 'transport-ipc'];
/** Packages that are compared with a runtime, or depend on its handles: on every Node. */
const OF_A_RUNTIME = ['stream-core', 'simulation', 'handles', ...MEDIA, 'transport-websocket', 'net-compat'];
const ON_HANDLES = ['handles', ...MEDIA];
const RANDOM = ['fuzz', 'attack'];
/** Packages in which nothing depends on the runtime but what the others have shown. */
const OF_NO_RUNTIME = ['gateway', 'ip-utils', 'transport-guard', 'transport-memory', 'transport-mux', 'transport-proxy-protocol', 'transport-socks'];
const IS_NEWEST = RUNNING === NEWEST && { skip: 'it is the one that runs all others' };
const CACHED = ['--cache', '--cache-location', 'node_modules/.cache/eslint/'];
const APART = ['packages', 'types', 'peers', ...RANDOM];

const tsx = (file, ...args) => [join(root, 'node_modules/.bin/tsx'), file, ...args];
const runtimes = (...args) => tsx('tools/runtimes/src/cli.ts', ...args);
const turbo = (...tasks) => ['turbo', 'run', ...tasks, '--continue', '--concurrency=2', '--output-logs=errors-only'];

/** @type {Job[]} */
const WORK = [
  { name: 'runtimes', title: 'other runtimes are installed', command: runtimes('install'), skip: unavailable() ?? undefined, aside: true },
  { name: 'servers', title: 'servers are installed', command: ['node', 'tools/integration/src/cli.mjs', '--install'], aside: true },
  { name: 'peer-programs', title: 'programs of other projects are installed', command: ['node', 'tools/peers/src/install.mjs'], after: ['servers'], aside: true },
  { name: 'build', title: 'build', command: turbo('build') },
  // Without the cache: its entry for a file is wrong when a type in another file has changed.
  { name: 'lint', title: 'lint', command: ['eslint', '.'] },
  { name: 'lint-changed', title: 'lint of what has changed', command: ['eslint', ...CACHED, '.'], check: true },
  { name: 'types', title: 'types', command: turbo('types') },
  vitest('packages', 'packages', { projects: PACKAGES }),
  vitest('newest', `packages, on Node ${NEWEST}`, { on: NEWEST, projects: [...PACKAGES.filter((name) => !OF_NO_RUNTIME.includes(name)), ...RANDOM], ...IS_NEWEST }),
  { name: 'windows', title: 'Windows, through wine', command: runtimes('windows'), needs: ['stage', 'runtimes'], reports: true },
  { name: 'integration', title: 'real clients', command: ['node', 'tools/integration/src/cli.mjs'], needs: ['build', 'servers'], reports: true },
  vitest('peers', 'programs and packages that speak the same protocols', { projects: ['peers'], needs: ['build', 'peer-programs'] }),
  vitest('examples', 'examples', { projects: members('examples').map((name) => `example-${name}`), needs: ['build', 'runtimes', 'peer-programs'] }),
  { name: 'site-build', title: 'the site', command: turbo('site'), needs: ['build', 'types'] },
  vitest('site', 'the site, in a browser', { projects: ['docs'], needs: ['site-build', 'peer-programs'] }),
  { name: 'tarballs', title: 'tarballs', command: turbo('tarballs'), needs: ['build', 'types'] },
  { name: 'stage', title: 'the packages as published, installed in a folder', command: runtimes('stage'), needs: ['tarballs'] },
  ...MAJORS.map((on) => scenarios(on)),
  ...(MAJORS.includes(RUNNING) ? [scenarios(RUNNING, 'host')] : []),
  vitest('published', 'what gets published', { folder: 'tools/packages', projects: ['published'], needs: ['tarballs', 'runtimes'] }),
  vitest('compiled', 'programs of users, compiled', { folder: 'tools/types', needs: ['types'] }),
  { name: 'suites', title: 'the permission model, Bun, Deno', command: runtimes('suites'), needs: ['stage', 'runtimes'], reports: true },
  vitest('tools', 'tools', { projects: members('tools').filter((name) => !APART.includes(name)) }),
  ...BETWEEN.map((on) => vitest(`compliance-${on}`, `compliance on Node ${on}, with both drivers`, { on, projects: MEDIA })),
  { name: 'layers', title: 'layers, rooms, entries, circles', command: ['depcruise', ...SOURCES] },
  vitest('manifests', 'manifests', { folder: 'tools/packages', projects: ['manifests'] }),
  { name: 'sherif', title: 'manifests of all members', command: ['sherif'] },
  { name: 'sizes', title: 'size budgets', command: ['size-limit'], needs: ['build'] },
  { name: 'knip', title: 'dead code and dependencies', command: ['knip', '--no-progress', '--treat-config-hints-as-errors'] },

  { name: 'reproduced', title: 'tarballs made twice, in two clones, are the same bytes', command: ['node', 'tools/packages/reproduce.mjs'], skip: existsSync(join(root, '.git')) ? undefined : 'this is no clone', all: true },
  vitest('newest-others', `packages of no runtime, on Node ${NEWEST}`, { on: NEWEST, projects: OF_NO_RUNTIME, all: true, ...IS_NEWEST }),
  vitest('random', `fuzz and attack on Node ${RUNNING}`, { projects: RANDOM, all: RUNNING !== NEWEST }),
  { name: 'integration-tools', title: 'tools between sockets and handles, in every order', command: ['node', 'tools/integration/src/cli.mjs', '--all'], needs: ['build'], reports: true, all: true },
  ...BETWEEN.map((on) => vitest(`packages-${on}`, `packages of a runtime, Node ${on}`, { on, projects: [...OF_A_RUNTIME, 'gateway', ...RANDOM], all: true })),
  ...MAJORS.map((on) => vitest(`packages-${on}-host`, `packages on handles, Node ${on}, host driver`, { on, driver: 'host', projects: [...ON_HANDLES, ...(BETWEEN.includes(on) ? [] : ['net-compat']), ...RANDOM], all: true })),
  ...MAJORS.filter((on) => on !== RUNNING).map((on) => scenarios(on, 'host', { all: true })),
  { name: 'windows-scenarios', title: 'scenarios on Windows, through wine', command: runtimes('windows-scenarios'), needs: ['stage', 'runtimes'], reports: true, all: true },
  { name: 'rehearsal', title: 'a release, rehearsed with a registry on this machine', command: tsx('tools/release/src/cli.ts', 'rehearse'), needs: ['build', 'types', 'runtimes'], reports: true, all: true },
  { name: 'hardened', title: 'scenarios where builtins are frozen and the like', command: runtimes('hardened'), needs: ['stage', 'runtimes'], after: ['windows-scenarios'], reports: true, all: true },
];

/** The names of all jobs whose results are in docs/compatibility/conformance.md. */
export const SCENARIOS = WORK.map(({ name }) => name).filter((name) => name.includes('scenarios'));

/** @type {Job[]} */
export const JOBS = [
  ...WORK,
  {
    name: 'table', title: 'docs/compatibility/conformance.md says what came of the scenarios', reports: true,
    command: tsx('packages/net-compat/scenarios/table/cli.ts', 'check', REPORTS), after: SCENARIOS,
  },
];

/**
 * The checks for work on one package: its types and lint, and its tests on the sources. Tests that start built programs are left to
 * `npm test` if they have a separate folder; otherwise they build first.
 */
export function jobsOf(name, { tests = [], on = RUNNING, driver = process.env.NETSTRATA_DRIVER ?? '' } = {}) {
  const env = { NETSTRATA_DRIVER: driver };
  const needsNoBuild = existsSync(join(root, `packages/${name}/test/programs`));
  const hasScenarios = name === 'net-compat' && tests.length === 0;
  return [
    ...(on === RUNNING ? [] : [JOBS.find((job) => job.name === 'runtimes')]),
    ...(hasScenarios ? [scenarios(on, 'default', { env: { ...env, NETSTRATA_RECORDS: records(on) } })] : []),
    vitest('tests', 'tests', {
      on, projects: [name],
      flags: [...tests, ...(needsNoBuild ? ['--exclude=test/programs/**'] : [])],
      env: { ...env, ...(needsNoBuild && { NETSTRATA_BUILT: '1' }) },
    }),
    { name: 'lint', title: 'lint', command: ['eslint', ...CACHED, `packages/${name}`] },
    { name: 'types', title: 'types', command: ['tsc', '-b', `packages/${name}`] },
  ].map(({ needs = [], ...job }) => ({ ...job, needs: needs.filter((need) => need !== 'build') }));
}
