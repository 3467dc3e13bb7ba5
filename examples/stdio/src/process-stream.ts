import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { Endpoint } from '@netstrata/transport';
import { processError, spawnError } from './process-error.js';

/** How much of what the process says is kept. */
const STDERR_LIMIT = 4096;
/** A process closes its output just before it ends. One that lives on for longer has ended one direction only. */
const GRACE_MS = 50;
/** How long a process may take to pass on what it got before the end. */
const LINGER_MS = 1000;

/** What keeps our process alive: the child, and its pipes. */
interface Held {
  ref(): unknown;
  unref(): unknown;
}

type Done = (error?: Error | null) => void;

/** Standard input and output of a process as one stream, which fails as the process does, and takes it along when it is destroyed. */
export class ProcessStream extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #endpoint: Endpoint;
  readonly #greeting: string | undefined;
  #isConnected = false;
  #stderr = '';
  #outputEnded = false;
  /** The write that failed: told when it is known whether the process did. */
  #failed: Done | null = null;
  #grace: NodeJS.Timeout | undefined;

  constructor(child: ChildProcessWithoutNullStreams, endpoint: Endpoint, greeting: string | undefined) {
    super();
    this.#child = child;
    this.#endpoint = endpoint;
    this.#greeting = greeting;
    child.on('spawn', () => greeting === undefined && this.#connected());
    child.on('error', (error) => this.destroy(spawnError(error, endpoint)));
    child.on('exit', () => this.#isConnected || this.#judgeSoon());
    child.on('close', () => this.#judge());
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#said(text));
    child.stdin.on('error', () => {}); // the write that fails tells
    child.stdout.pause();
    child.stdout.on('data', (chunk: Buffer) => this.push(chunk) || child.stdout.pause());
    child.stdout.on('end', () => {
      this.#outputEnded = true;
      this.#judgeSoon();
    });
  }

  #said(text: string): void {
    this.#stderr = (this.#stderr + text).slice(-STDERR_LIMIT);
    if (this.#isConnected || this.#greeting === undefined || !this.#stderr.includes(this.#greeting)) return;
    this.#stderr = '';
    this.#connected();
  }

  #connected(): void {
    if (this.destroyed) return;
    this.#isConnected = true;
    this.emit('connected');
  }

  #judgeSoon(): void {
    this.#grace ??= setTimeout(() => this.#judge(), GRACE_MS);
  }

  /** Something has ended: the process, and then its exit code tells how; or only its output, or its input. */
  #judge(): void {
    clearTimeout(this.#grace);
    this.#grace = undefined;
    if (this.destroyed) return;
    const { exitCode, signalCode } = this.#child;
    const hasFailed = signalCode !== null || (exitCode ?? 0) !== 0;
    if (hasFailed || !this.#isConnected) this.destroy(processError(this.#child, this.#stderr.trim(), this.#isConnected ? null : this.#endpoint));
    else if (this.#failed) this.#failed(new Error('The process reads no more'));
    else if (this.#outputEnded && !this.readableEnded) this.push(null);
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: Done): void {
    this.#child.stdin.write(chunk, this.#passedOn(done));
  }

  override _final(done: Done): void {
    const { stdin } = this.#child;
    // The process has ended: then so has its input.
    if (stdin.destroyed) done();
    else stdin.end(this.#passedOn(done));
  }

  #passedOn(done: Done): Done {
    return (error) => {
      if (!error) {
        done();
        return;
      }
      this.#failed = done;
      this.#judgeSoon();
    };
  }

  /** All was passed on to the process: it gets the time to do the same. Otherwise it ends here. */
  override _destroy(error: Error | null, done: Done): void {
    const child = this.#child;
    clearTimeout(this.#grace);
    child.stdin.destroy();
    child.stdout.destroy();
    // Whatever the program has started may hold it still.
    child.stderr?.destroy();
    if (error || !this.writableFinished) child.kill('SIGKILL');
    else if (child.exitCode === null && child.signalCode === null) {
      const timer = setTimeout(() => child.kill('SIGKILL'), LINGER_MS);
      child.on('exit', () => clearTimeout(timer));
    }
    done(error);
  }

  ref(): void {
    for (const one of this.#handles) one.ref();
  }

  unref(): void {
    for (const one of this.#handles) one.unref();
  }

  get #handles(): Held[] {
    const { stdin, stdout, stderr } = this.#child;
    return [this.#child, ...([stdin, stdout, stderr] as unknown as Held[])];
  }
}
