import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { folders } from '../../layers.mjs';
import { install, tarball } from '../../stage.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder outside the repo, with one folder a package, where that is installed as a user would have it. */
    consumers: string;
  }
}

export default async function ({ provide }: TestProject): Promise<() => void> {
  folders.forEach(tarball);
  // The compiler reports real paths, so a temporary folder behind a symbolic link would not be recognised.
  const consumers = realpathSync(mkdtempSync(join(tmpdir(), 'netstrata-packages-')));
  const waiting = [...folders];
  const work = async () => {
    for (let folder = waiting.shift(); folder; folder = waiting.shift()) await install(join(consumers, folder), [folder]);
  };
  await Promise.all([work(), work()]);
  provide('consumers', consumers);
  return () => rmSync(consumers, { recursive: true, force: true });
}
