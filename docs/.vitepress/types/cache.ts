import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../pages.js';

const FOLDER = join(root, 'docs/.vitepress/cache/types');

const hashOf = (texts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex').slice(0, 16);
};

/** Everything that types of blocks depend on: the declarations of the packages, and what the lock file says of all else. */
function hashOfTypes(): string {
  const declarations = readdirSync(join(root, 'packages')).sort().flatMap((name) => {
    const folder = join(root, 'packages', name, 'dist');
    const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
    return files.filter((file) => file.endsWith('.d.ts')).sort().map((file) => readFileSync(join(folder, file), 'utf8'));
  });
  if (declarations.length === 0) throw new Error('The packages have no declarations yet: npm run types');
  return hashOf([readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8'), ...declarations]);
}

/** What was found for a block, kept between builds as long as the types are the same. */
export class Cache<T> {
  readonly #folder = join(FOLDER, hashOfTypes());

  constructor() {
    const others = existsSync(FOLDER) ? readdirSync(FOLDER).map((name) => join(FOLDER, name)).filter((folder) => folder !== this.#folder) : [];
    for (const folder of others) rmSync(folder, { recursive: true });
    mkdirSync(this.#folder, { recursive: true });
  }

  has(texts: readonly string[]): boolean {
    return existsSync(this.#fileOf(texts));
  }

  #fileOf(texts: readonly string[]): string {
    return join(this.#folder, `${hashOf(texts)}.json`);
  }

  /** What is there for these texts, or what `make` makes of them. */
  get(texts: readonly string[], make: () => T): T {
    const file = this.#fileOf(texts);
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as T;
    const made = make();
    writeFileSync(file, JSON.stringify(made));
    return made;
  }
}
