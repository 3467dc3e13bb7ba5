import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A child process that runs one of the fixtures on the built package, and speaks over IPC. */
export class Child {
  readonly process: ChildProcess;
  readonly #messages: unknown[] = [];
  readonly #waiting: ((message: unknown) => void)[] = [];
  #output = '';

  /** `inherits`: descriptors of this process that become 4, 5, ... of the child. */
  constructor(fixture: string, args: string[] = [], env: Record<string, string> = {}, inherits: number[] = []) {
    const file = fileURLToPath(new URL(`../fixtures/${fixture}.mjs`, import.meta.url));
    this.process = fork(file, args, { env: { ...process.env, ...env }, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc', ...inherits] });
    for (const stream of [this.process.stdout!, this.process.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    this.process.on('message', (message) => {
      const take = this.#waiting.shift();
      if (take === undefined) this.#messages.push(message);
      else take(message);
    });
  }

  /** The next message. Rejects with what the child printed if it exits instead. */
  message<T = unknown>(): Promise<T> {
    if (this.#messages.length > 0) return Promise.resolve(this.#messages.shift() as T);
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null): void => {
        reject(new Error(`The child exited with ${code}:\n${this.#output}`));
      };
      this.process.once('close', onExit);
      this.#waiting.push((message) => {
        this.process.off('close', onExit);
        resolve(message as T);
      });
    });
  }

  send(message: unknown, handle?: unknown, options?: object): Promise<void> {
    return new Promise((resolve, reject) => {
      this.process.send(message as string, handle as never, options as never, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exit = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exit;
  }
}
