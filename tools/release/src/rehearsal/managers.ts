import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary } from '../../../runtimes/binaries.mjs';
import { root } from '../root.js';
import { programFile, type Registry } from './registry.js';
import { must } from './run.js';

/** A package manager, with its settings and its commands. */
interface Kind {
  /** Before the arguments. */
  readonly command: readonly string[];
  /** Files of a project, with their text. */
  settings(url: string, caches: string): Readonly<Record<string, string>>;
  /** What the manifest of a project needs for it. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly install: readonly string[];
  /** To what the ranges of the manifest allow. */
  readonly update: readonly string[];
  /** Before names of packages, with their tags. */
  readonly add: readonly string[];
}

const npmrc = (url: string, ...lines: string[]) => ({ '.npmrc': [`registry=${url}/`, `@netstrata:registry=${url}/`, ...lines, ''].join('\n') });

const yarn = (linker: 'node-modules' | 'pnp'): Kind => ({
  command: [process.execPath, programFile('yarn/bin/yarn.js')],
  settings: (url, caches) => ({
    '.yarnrc.yml': `${JSON.stringify({
      nodeLinker: linker, npmRegistryServer: url, unsafeHttpWhitelist: ['127.0.0.1'], globalFolder: join(caches, 'yarn'),
      enableTelemetry: false, enableImmutableInstalls: false, npmMinimalAgeGate: 0, enableScripts: false,
    }, null, 2)}\n`,
    // Else it looks for a project above.
    'yarn.lock': '',
  }),
  // Node requires ES modules past Yarn's archives: it has to find this one in a folder, as the README of gateway says.
  ...(linker === 'pnp' && { manifest: { dependenciesMeta: { jose: { unplugged: true } } } }),
  install: ['install'],
  update: ['up', '-R', '@netstrata/*'],
  add: ['add'],
});

const KINDS = {
  npm: {
    command: ['npm'],
    settings: (url, caches) => npmrc(url, `cache=${join(caches, 'npm')}`, 'audit=false', 'fund=false', 'update-notifier=false'),
    install: ['install'], update: ['update'], add: ['install'],
  },
  pnpm: {
    command: [join(root, 'node_modules/.bin/pnpm')],
    settings: (url, caches) => npmrc(url, `store-dir=${join(caches, 'pnpm-store')}`, `cache-dir=${join(caches, 'pnpm')}`),
    install: ['install', '--no-frozen-lockfile'], update: ['update'], add: ['add'],
  },
  yarn: yarn('node-modules'),
  'yarn pnp': yarn('pnp'),
  'yarn 1': {
    command: [process.execPath, programFile('yarn-classic/bin/yarn.js')],
    settings: (url, caches) => ({ '.yarnrc': `registry "${url}/"\nyarn-offline-mirror false\ncache-folder "${join(caches, 'yarn-1')}"\n` }),
    install: ['install', '--no-progress'], update: ['upgrade', '--no-progress'], add: ['add', '--no-progress'],
  },
  bun: {
    command: [binary('bun') ?? 'bun'],
    settings: (url, caches) => ({ 'bunfig.toml': `[install]\nregistry = "${url}/"\n[install.cache]\ndir = "${join(caches, 'bun')}"\n# Else it takes what it has heard in the last five minutes for new.\ndisableManifest = true\n` }),
    install: ['install'], update: ['update'], add: ['add'],
  },
} satisfies Record<string, Kind>;

export type ManagerName = keyof typeof KINDS;
export const MANAGERS = Object.keys(KINDS) as readonly ManagerName[];

/** The project of somebody who uses the packages, in an empty folder. */
export class Project {
  readonly folder: string;
  readonly manager: ManagerName;
  readonly #kind: Kind;
  readonly #env: Registry['env'];

  /** `dependencies` are names with ranges. */
  constructor(manager: ManagerName, folder: string, dependencies: Readonly<Record<string, string>>, { registry, caches }: { registry: Registry; caches: string }) {
    this.folder = folder;
    this.manager = manager;
    this.#kind = KINDS[manager];
    this.#env = registry.env;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name: 'consumer', version: '1.0.0', private: true, dependencies, ...this.#kind.manifest }, null, 2)}\n`);
    for (const [name, text] of Object.entries(this.#kind.settings(registry.url, caches))) writeFileSync(join(folder, name), text);
  }

  async #run(args: readonly string[]): Promise<void> {
    const [file, ...before] = this.#kind.command;
    await must(file, [...before, ...args], { cwd: this.folder, env: { ...this.#env, CI: '' } });
  }

  install = (): Promise<void> => this.#run(this.#kind.install);
  update = (): Promise<void> => this.#run(this.#kind.update);
  add = (...names: readonly string[]): Promise<void> => this.#run([...this.#kind.add, ...names]);
}
