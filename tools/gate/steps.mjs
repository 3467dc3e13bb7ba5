import { members, standingOn, withTests } from './members.mjs';
import { turbo } from './spawn.mjs';

/**
 * @typedef {object} Step
 * @property {string} name for --only
 * @property {string} title
 * @property {() => string[]} command
 * @property {boolean} [summary] its results are turbo's own record of the tasks
 * @property {() => string[]} [reports] its results are these files, each of which must be there
 * @property {Record<string, string>} [env]
 * @property {boolean} [needsBuild] it looks at what was built, and says nothing after a failed build
 */

/** What runs with each driver: the libraries that stand on handles, the comparisons with node:net, and the attack. */
const handles = () => withTests([...standingOn(members(), '@netstrata/handles'), ...members().filter(({ name }) => COMPARISONS.includes(name))]);
const COMPARISONS = ['@netstrata/conformance', '@netstrata/fuzz', '@netstrata/attack'];
const report = (label) => (member) => `${member.name.split('/').pop()}.${label}.json`;
const filters = (some) => some.map(({ name }) => `--filter=${name}`);

/** Tests measure time and memory here and there, and some fill the machine: one at a time keeps them apart. Examples and what makes things do not. */
const ASIDE = ['tools/create-package', 'tools/check-workspace', 'tools/explore', 'tools/gate', 'tools/integration', 'tools/runtimes'];
const isAside = ({ folder }) => folder.startsWith('examples/') || ASIDE.includes(folder);
const alone = () => withTests(members()).filter((member) => !isAside(member));
const aside = () => withTests(members()).filter(isAside);
const test = (concurrency, ...args) => turbo('test', '--continue', `--concurrency=${concurrency}`, '--output-logs=new-only', '--log-order=stream', ...args);
const check = (name) => ['node', 'tools/check-workspace/dist/cli.js', name];
const runtimes = (name) => ['node', 'tools/runtimes/dist/cli.js', name];

/** The gate, in order. @type {Step[]} */
export const STEPS = [
  {
    name: 'build',
    title: 'build, typecheck and lint',
    command: () => turbo('build', 'typecheck', 'lint', '--continue', '--summarize', '--output-logs=errors-only'),
    summary: true,
  },
  {
    name: 'unit',
    title: 'tests',
    command: () => test(1, ...filters(alone())),
    env: { NETSTRATA_LABEL: 'default' },
    reports: () => alone().map(report('default')),
  },
  {
    name: 'examples',
    title: 'tests of examples, and of tools that make things',
    command: () => test(2, ...filters(aside())),
    env: { NETSTRATA_LABEL: 'default' },
    reports: () => aside().map(report('default')),
  },
  {
    name: 'host',
    title: 'tests on the host driver',
    command: () => test(1, ...filters(handles())),
    env: { NETSTRATA_LABEL: 'host', NETSTRATA_DRIVER: 'host' },
    reports: () => handles().map(report('host')),
  },
  { name: 'workspace', title: 'layers, manifests and sizes', command: () => check('workspace'), reports: () => ['workspace.json'] },
  { name: 'packages', title: 'what gets published', command: () => check('packages'), reports: () => ['packages.json'], needsBuild: true },
  { name: 'knip', title: 'dead code and dependencies', command: () => check('knip'), reports: () => ['knip.json'] },
  { name: 'integration', title: 'real clients', command: () => ['node', 'tools/integration/src/cli.mjs'], reports: () => ['integration.json'], needsBuild: true },
  { name: 'runtimes', title: 'other runtimes', command: () => runtimes('matrix'), reports: () => ['runtimes.json'], needsBuild: true },
  { name: 'windows', title: 'Windows, through wine', command: () => runtimes('windows'), reports: () => ['windows.json'], needsBuild: true },
  {
    // Of what the steps before it have run.
    name: 'conformance',
    title: 'the table of conformance',
    command: () => ['node', 'tools/conformance/dist/table/table.js', 'check', 'reports'],
    reports: () => ['conformance-table.json'],
    needsBuild: true,
  },
];
