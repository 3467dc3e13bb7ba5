import { spawn } from 'node:child_process';
import { source } from '../../paths.mjs';

/** The other process: it dials what is measured, by node:net. It ends with this one. */
export class Peer {
  #process;
  /** @type {(answer: any) => void} */
  #answered = () => {};

  /** @param {string | undefined} core */
  constructor(core) {
    const program = [process.execPath, source('growth/dialler.mjs')];
    const [file, ...args] = core === undefined ? program : ['taskset', '-c', core, ...program];
    this.#process = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#process.on('message', (answer) => this.#answered(answer));
    this.#process.on('exit', (code) => {
      console.error(`the peer ended with ${code}`);
      process.exit(1);
    });
  }

  /** Lets it do something. @param {import('../dialler.mjs').Task} task */
  ask(task) {
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#process.send(task);
    });
  }
}
