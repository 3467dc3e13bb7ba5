import notRun from '../../../../examples/readme/test/not-run.json' with { type: 'json' };
import { blocks, type Block } from '../../../../examples/readme/test/support/blocks.js';

/** What somebody who has installed the packages reads: the README of the repo, and those of packages. Without blocks that are no whole programs. */
export const examples: readonly Block[] = blocks
  .filter(({ file }) => file === 'README.md' || file.startsWith('packages/'))
  .filter(({ file, code }) => !notRun.some((one) => one.file === file && code.includes(one.contains)));

/** `packages/net-compat/README.md:12`, in the name of a file. */
export const fileNameOf = ({ file, line }: Block): string => `${file.replace(/^packages\//, '').replace('/README.md', '').replace('README.md', 'root')}-${line}`;
