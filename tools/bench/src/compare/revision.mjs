import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { cleanups } from '../cleanup.mjs';
import { root } from '../paths.mjs';

/** The sources of the built packages. */
const SOURCES = ['src/**', 'package.json', 'tsup.config.ts'].map((part) => `:(glob)packages/*/${part}`);

/** @param {string[]} args */
const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });

/** The commit that a revision names, or null. @param {string} revision */
export function commitOf(revision) {
  const { status, stdout } = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  return status === 0 ? stdout.trim() : null;
}

/** Whether the packages of the working tree are those of a commit. @param {string} commit */
export function hasSamePackages(commit) {
  const untracked = git('ls-files', '--others', '--exclude-standard', '--', ...SOURCES).stdout;
  return untracked === '' && git('diff', '--quiet', commit, '--', ...SOURCES).status === 0;
}

/** Checks a commit out into a folder that is removed when this process ends. @param {string} commit @returns {string} the folder */
export function checkOut(commit) {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-compare-'));
  const tree = join(folder, 'tree');
  cleanups.add(() => {
    git('worktree', 'remove', '--force', tree);
    rmSync(folder, { recursive: true, force: true });
  });
  const { status, stderr } = git('worktree', 'add', '--quiet', '--detach', tree, commit);
  if (status !== 0) throw new Error(`git worktree add: ${stderr.trim()}`);
  return tree;
}

/** @param {string} tree */
const manifestOf = (tree) => JSON.parse(readFileSync(join(tree, 'package.json'), 'utf8'));

/** Runs the pnpm that a tree pins; prints its output only when it fails. @param {string} tree @param {string[]} args */
const pnpm = (tree, ...args) => execa('npx', ['--yes', manifestOf(tree).packageManager, ...args], { cwd: tree, stdin: 'ignore', all: true });

/** Installs what is needed to build net-compat, from pnpm's store as far as it is there. @param {string} tree */
export function install(tree) {
  return pnpm(tree, 'install', '--frozen-lockfile', '--prefer-offline', `--filter=${manifestOf(tree).name}`, '--filter=@netstrata/net-compat...');
}

/** @param {string} tree */
export function build(tree) {
  return pnpm(tree, '--filter=@netstrata/net-compat...', 'run', 'build');
}
