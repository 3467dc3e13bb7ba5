import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listsWith } from './lists.js';
import { manifestOf, tsconfigsOf } from './manifest.js';
import { sentence, skeletonFiles, type Files, type Request } from './skeleton.js';

/** The folder of a package, from the root. */
export const folderOf = (folder: string): string => `packages/${folder}`;

/** The changeset of its first release, from the root. */
export const changesetOf = (folder: string): string => `.changeset/first-${folder}.md`;

function changeset({ names, description }: Request): string {
  return `---\n"@netstrata/${names.folder}": minor\n---\n\nFirst release. ${sentence(description)}\n`;
}

/** Everything that is written, by its path from the root. */
export function filesOf(root: string, request: Request): Files {
  const { folder } = request.names;
  const own: Files = {
    'package.json': manifestOf(request),
    LICENSE: readFileSync(join(root, 'LICENSE'), 'utf8'),
    ...tsconfigsOf(),
    ...skeletonFiles(request),
  };
  return {
    ...Object.fromEntries(Object.entries(own).map(([path, text]) => [join(folderOf(folder), path), text])),
    [changesetOf(folder)]: changeset(request),
    ...listsWith(root, folder),
  };
}
