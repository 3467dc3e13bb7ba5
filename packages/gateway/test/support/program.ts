import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Line } from './start.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The surroundings of this process without settings of a gateway. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NETSTRATA_GATEWAY') && name !== 'NODE_OPTIONS'));

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The program as a process of its own. */
export class Program {
  readonly #child: ChildProcess;
  readonly #heard = new EventEmitter();
  readonly lines: Line[] = [];
  readonly ended: Promise<Outcome>;

  constructor(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
    const child = (this.#child = spawn(process.execPath, [main, ...args], { env: { ...env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] }));
    const [out, err]: [string[], string[]] = [[], []];
    createInterface({ input: child.stdout }).on('line', (text) => { out.push(text); this.#line(text); });
    createInterface({ input: child.stderr }).on('line', (text) => { err.push(text); });
    this.ended = once(child, 'close').then(([code]) => {
      this.#heard.emit('end');
      return { code: code as number | null, out: out.join('\n'), err: err.join('\n') };
    });
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await this.ended;
    });
  }

  #line(text: string): void {
    if (!text.startsWith('{')) return;
    this.lines.push(JSON.parse(text) as Line);
    this.#heard.emit('line');
  }

  /** The first line of an event that is of this kind, beyond the first `after`. */
  async event(name: string, after = 0): Promise<Line> {
    for (;;) {
      const line = this.lines.slice(after).find(({ event }) => event === name);
      if (line !== undefined) return line;
      if (this.#child.exitCode !== null) throw new Error(`it has ended, without an event '${name}': ${JSON.stringify(await this.ended)}`);
      await Promise.race([once(this.#heard, 'line'), once(this.#heard, 'end')]);
    }
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }
}
