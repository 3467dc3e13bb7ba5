import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { changesetOf, folderOf } from './files.js';
import { namesOf, type Names } from './names.js';
import { usedNames, type Request } from './skeleton.js';

/** A name that is still free for a package of this workspace. */
function freeNames(root: string, name: string): Names {
  const names = attempt(() => namesOf(name, usedNames()));
  const taken = [folderOf(name), changesetOf(name)].find((path) => existsSync(join(root, path)));
  if (taken !== undefined) throw new InvalidArgumentError(`${taken} is there already.`);
  return names;
}

function attempt<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

function oneLine(text: string): string {
  const line = text.trim();
  if (line === '' || line.includes('\n')) throw new InvalidArgumentError('It must be one line of text.');
  return line;
}

/** Parses the command line and runs it. Returns the exit code: 2 when it is invalid, 1 when `create` fails. */
export async function main(args: readonly string[], root: string, create: (request: Request) => Promise<void>): Promise<number> {
  const program = new Command('create-package')
    .description('Makes packages/transport-<words>: a transport that works and passes every check, to be given a medium of its own.')
    .argument('<name>', 'transport-<words>, such as transport-carrier-pigeon', (name: string) => freeNames(root, name))
    .requiredOption('--description <text>', 'one line, for package.json, README.md and the changelog', oneLine)
    .exitOverride()
    .action((names: Names, { description }: { description: string }) => create({ names, description }));
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // It has already printed what is wrong, or the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    console.error(`${error instanceof Error ? error.message : String(error)}\nNothing was made.`);
    return 1;
  }
}
