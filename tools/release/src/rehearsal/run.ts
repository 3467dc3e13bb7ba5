import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { execa } from 'execa';

export interface Run {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly ok: boolean;
  /** Standard output and error, as they came. */
  readonly output: string;
}

/**
 * Of whoever runs this: where packages come from and go to, with which token, what a git hook says about its repo; and FORCE_COLOR, which
 * asks Deno for colours when it is 0, too.
 */
const FOREIGN = /^(?:(?:npm|pnpm|yarn|bun)_|NODE_AUTH_TOKEN$|GITHUB_TOKEN$|ACTIONS_|GIT_|FORCE_COLOR$)/i;

const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));

/** Where packages of others come from, as far as variables say so. */
export const settings = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => /^p?npm_config_/i.test(entry[0])));

/** Nothing here takes so long, unless it hangs. */
const LIMIT_MS = 240_000;

/** Runs a program to its end, whatever that is. */
export async function run(file: string, args: readonly string[], { cwd, env = {} }: Run): Promise<Outcome> {
  const { exitCode, all, originalMessage, timedOut } = await execa(file, args, { cwd, extendEnv: false, env: { ...inherited, NODE_OPTIONS: '', NO_COLOR: '1', ...env }, stdin: 'ignore', all: true, reject: false, timeout: LIMIT_MS, killSignal: 'SIGKILL' });
  const why = timedOut ? `it took longer than ${LIMIT_MS / 1000} seconds` : (originalMessage ?? '');
  return { ok: exitCode === 0, output: [all, exitCode === undefined && why].filter(Boolean).join('\n').trim() };
}

/** Runs a program that has to succeed; returns what it printed. */
export async function must(file: string, args: readonly string[], options: Run): Promise<string> {
  const { ok, output } = await run(file, args, options);
  if (!ok) throw new Error(`${[file.split('/').at(-1), ...args].join(' ')} failed in ${options.cwd}:\n${output.slice(-4000)}`);
  return output;
}

/** Does something with each, on all cores. A failure does not stop the others. */
export async function each<T>(items: readonly T[], task: (item: T) => Promise<void>, places: number = availableParallelism()): Promise<void> {
  const waiting = [...items];
  const work = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: places }, work));
}

/** Pairs of a process and its parent, of all that run. */
function pairs(): [number, number][] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      // The part in parentheses is the name, which may contain parentheses.
      return [[Number(pid), Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1])]];
    } catch {
      return []; // It has ended.
    }
  });
}

/** Ends all that this process has started, with what that has started. */
export function endAll(): void {
  const all = pairs();
  const family = [process.pid];
  for (const one of family) family.push(...all.filter(([, parent]) => parent === one).map(([child]) => child));
  for (const pid of family.slice(1)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}
