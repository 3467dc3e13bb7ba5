import { run as runProgram } from '../../src/cli/program.js';
import { createGateway } from '../../src/index.js';
import type { Outcome } from './program.js';

/** Runs a command line to its end, in this process. */
export async function run(...args: readonly string[]): Promise<Outcome> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runProgram(args, {
    version: '1.2.3', env: {}, make: createGateway,
    out: (text) => { out.push(text); }, err: (text) => { err.push(text); },
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
