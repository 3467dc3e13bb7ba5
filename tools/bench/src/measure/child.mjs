import { execa } from 'execa';

/** A process that communicates in lines. It ends when this one does. */
export class Child {
  #process;
  #lines;

  kill = () => void this.#process.kill('SIGKILL');

  /**
   * @param {string} label how messages call it
   * @param {string[]} command
   * @param {import('execa').Options} [options]
   */
  constructor(label, [file, ...args], options) {
    this.label = label;
    /** Why no more lines come. @type {Error | null} */
    this.gone = null;
    this.#process = execa(file, args, { ...options, env: { DENO_NO_UPDATE_CHECK: '1' }, reject: false, buffer: { stdout: false } });
    this.#process.stdin.on('error', () => {}); // that it has ended tells
    this.#lines = this.#process.iterable();
    this.ended = this.#process.then(({ exitCode, signal, stderr, code, originalMessage }) => {
      this.gone = new Error(`${label} ${code ? originalMessage : `ended with ${signal ?? exitCode}${stderr && `: ${stderr.slice(-2000).trim()}`}`}`);
    });
  }

  /** The next line. @param {number} seconds how long to wait for it at most @returns {Promise<string>} */
  async line(seconds) {
    let timer;
    const silence = new Promise((_, reject) => { timer = setTimeout(reject, seconds * 1e3, new Error(`${this.label} said nothing for ${seconds} s`)); });
    try {
      const { done, value } = await Promise.race([this.#lines.next(), silence]);
      if (!done) return value;
      await this.ended;
      throw this.gone;
    } finally {
      clearTimeout(timer);
    }
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
