import { folderOf } from './files.js';
import type { Names } from './names.js';

/** What the author of the new package has to do next. */
export function nextSteps({ folder, short }: Names): string {
  const todo = [
    ['src/medium.ts', 'write it anew, over what shall carry the bytes; src/line.ts says what is needed of it'],
    [`src/${short}.ts`, 'which endpoints there are, and what the medium can do'],
    ['README.md', 'what it says of the medium, as the comment of src/index.ts does; then a line for it in the README.md of the root'],
  ];
  const width = Math.max(...todo.map(([file]) => file.length));
  return `
${folderOf(folder)} works and passes every check. So far it connects names within one process; yours to change are

${todo.map(([file, what]) => `  ${file.padEnd(width)}  ${what}`).join('\n')}

While you work:  npm run one -- ${folder}
Before you commit:  npm test`;
}
