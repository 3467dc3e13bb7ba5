// `pnpm changeset` asks questions. Without a terminal it would exit with success and write nothing; this fails instead.
import { spawnSync } from 'node:child_process';

const args = process.argv.slice(2);
if (args.length === 0 && !process.stdin.isTTY) {
  console.error('It asks which packages changed, and there is no terminal to ask at. Run it at a terminal, or write a file .changeset/any-name.md by hand:\n\n---\n'@netstrata/net-compat': patch\n---\n\nWhat changes for users.');
  process.exit(1);
}
process.exit(spawnSync('changeset', args, { stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1);
