// `pnpm changeset`: what it asks must be answered by somebody. By itself it ends well where nobody can, and has written nothing.
import { spawnSync } from 'node:child_process';

const args = process.argv.slice(2);
if (args.length === 0 && !process.stdin.isTTY) {
  console.error('It asks which packages changed, and there is no terminal to ask at. Write a file into .changeset by hand, as those that are there, or run it at a terminal.');
  process.exit(1);
}
process.exit(spawnSync('changeset', args, { stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1);
