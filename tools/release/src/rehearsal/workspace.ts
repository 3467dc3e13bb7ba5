import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../root.js';
import type { Registry } from './registry.js';
import { must, settings } from './run.js';

export type Bump = 'patch' | 'minor' | 'major';

/** Where turbo keeps what it has built here: all worktrees of a repo share it. */
async function turboCache(): Promise<string> {
  const git = await must('git', ['rev-parse', '--path-format=absolute', '--git-common-dir'], { cwd: root });
  return join(dirname(git), '.turbo/cache');
}

/** A clone of the repo as it is now, with what is not committed, in which versions are made and published. */
export class Workspace {
  readonly #folder: string;
  readonly #registry: Registry;

  constructor(folder: string, registry: Registry) {
    this.#folder = folder;
    this.#registry = registry;
  }

  async #run(file: string, ...args: string[]): Promise<string> {
    const cwd = this.#folder;
    const env = {
      PATH: `${join(cwd, 'node_modules/.bin')}:${process.env.PATH}`,
      // What was built of the same sources need not be built again.
      TURBO_CACHE_DIR: process.env.TURBO_CACHE_DIR ?? (await turboCache()),
      TURBO_TELEMETRY_DISABLED: '1',
      GIT_AUTHOR_NAME: 'rehearsal', GIT_AUTHOR_EMAIL: 'rehearsal@localhost', GIT_COMMITTER_NAME: 'rehearsal', GIT_COMMITTER_EMAIL: 'rehearsal@localhost',
      ...this.#registry.env,
      CI: 'true',
    };
    return must(file, args, { cwd, env });
  }

  /** Copies what git knows and what it would add, installs, commits. */
  async make(): Promise<void> {
    const files = (await must('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root })).split('\0');
    for (const file of files.filter((name) => name !== '' && existsSync(join(root, name)))) {
      mkdirSync(dirname(join(this.#folder, file)), { recursive: true });
      copyFileSync(join(root, file), join(this.#folder, file));
    }
    await this.init();
    await must(join(root, 'node_modules/.bin/pnpm'), ['install', '--frozen-lockfile', '--prefer-offline'], { cwd: this.#folder, env: { ...settings, CI: 'true' } });
    this.isolate(files);
  }

  /** Settings of the repo have served to install. pnpm takes what they say of a scope before all else. */
  isolate(files: readonly string[]): void {
    for (const file of files.filter((name) => /(?:^|\/)\.npmrc$/.test(name))) rmSync(join(this.#folder, file), { force: true });
    this.write('.npmrc', this.#registry.npmrc);
  }

  async init(): Promise<void> {
    await this.#run('git', 'init', '--quiet', '--initial-branch', 'main');
    await this.commit('The repo as it is');
  }

  async commit(message: string): Promise<void> {
    await this.#run('git', 'add', '--all');
    await this.#run('git', 'commit', '--quiet', '--no-verify', '--allow-empty', '--message', message);
  }

  /** JavaScript and declarations, as before a release. */
  async build(): Promise<void> {
    await this.#run('turbo', 'run', 'build', '//#types', '--filter=./packages/*', '--filter=//', '--output-logs=errors-only');
  }

  /** JavaScript of one package, whose source was changed. */
  async buildOne(folder: string): Promise<void> {
    await this.#run('pnpm', '--dir', `packages/${folder}`, 'run', 'build');
  }

  read(path: string): string {
    return readFileSync(join(this.#folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.#folder, path), text);
  }

  /** What its author writes about a change in one package. */
  changeset(folder: string, bump: Bump, text: string): void {
    this.write(`.changeset/${folder}-${bump}.md`, `---\n"@netstrata/${folder}": ${bump}\n---\n\n${text}\n`);
  }

  /** `npm run version-packages`. */
  async version(): Promise<void> {
    await this.#run('npm', 'run', '--silent', 'version-packages');
    await this.commit('Versions');
  }

  #tags = async (): Promise<string[]> => (await this.#run('git', 'tag', '--list')).split('\n').filter(Boolean);

  /** What `npm run release` does last. Returns what was published, which changesets marks with tags: names with versions. */
  async publish(): Promise<string[]> {
    const before = await this.#tags();
    await this.#run('changeset', 'publish');
    return (await this.#tags()).filter((tag) => !before.includes(tag)).sort();
  }

  /** Folder -> version. */
  versions(folders: readonly string[]): Record<string, string> {
    return Object.fromEntries(folders.map((folder) => [folder, (JSON.parse(this.read(`packages/${folder}/package.json`)) as { version: string }).version]));
  }
}
