import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { changesetOf, filesOf, folderOf } from './files.js';
import type { Request } from './skeleton.js';
import { CHANGED, type Workshop } from './workshop.js';

/** Makes a package: its files, its place in the root's lists and the lockfile, a build, a size budget. When any of it fails, everything is restored. */
export async function createPackage(root: string, request: Request, shop: Workshop): Promise<void> {
  const { folder } = request.names;
  const name = `@netstrata/${folder}`;
  const undo = remember(root, folder);
  try {
    for (const [path, text] of Object.entries(filesOf(root, request))) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    await shop.install();
    await shop.build(name);
    await shop.budget(name);
  } catch (error) {
    undo();
    throw error;
  }
}

/** Restores everything that making a package changes. */
function remember(root: string, folder: string): () => void {
  const texts = CHANGED.map((path) => [join(root, path), readFileSync(join(root, path))] as const);
  return () => {
    for (const path of [folderOf(folder), changesetOf(folder)]) rmSync(join(root, path), { recursive: true, force: true });
    for (const [file, text] of texts) writeFileSync(file, text);
  };
}
