import { spawn } from 'node:child_process';
import { cleanups } from '../cleanup.mjs';

/** A process that talks in lines. */
export class Child {
  #lines = /** @type {string[]} */ ([]);
  #wake = () => {};
  #process;

  kill = () => void this.#process.kill('SIGKILL');

  /**
   * @param {string} label how messages call it
   * @param {string[]} command
   * @param {import('node:child_process').SpawnOptions} [options]
   */
  constructor(label, [file, ...args], options) {
    this.label = label;
    /** Why nothing comes any more. @type {Error | null} */
    this.gone = null;
    const child = spawn(file, args, { ...options, env: { ...process.env, DENO_NO_UPDATE_CHECK: '1' }, stdio: 'pipe' });
    this.#process = child;
    cleanups.add(this.kill);
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = /** @type {string} */ (lines.pop());
      this.#lines.push(...lines);
      this.#wake();
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text) => { errors = (errors + text).slice(-2000); });
    child.stdin.on('error', () => {}); // 'close' tells
    child.on('error', ({ message }) => this.#end(message));
    child.on('close', (code, signal) => this.#end(`ended with ${signal ?? code}${errors && `: ${errors.trim()}`}`));
  }

  /** @param {string} why */
  #end(why) {
    cleanups.delete(this.kill);
    this.gone ??= new Error(`${this.label} ${why}`);
    this.#wake();
  }

  /** The next line. @param {number} seconds how long to wait for it at most @returns {Promise<string>} */
  line(seconds) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.label} said nothing for ${seconds} s`)), seconds * 1e3);
      this.#wake = () => {
        const line = this.#lines.shift();
        if (line === undefined && !this.gone) return;
        clearTimeout(timer);
        this.#wake = () => {};
        if (line === undefined) reject(this.gone);
        else resolve(line);
      };
      this.#wake();
    });
  }

  /** The next line, as JSON. @param {number} seconds */
  async json(seconds) {
    return JSON.parse(await this.line(seconds));
  }

  /** @param {string} line */
  say(line) {
    this.#process.stdin.write(`${line}\n`);
  }
}
