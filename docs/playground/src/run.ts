import type { Report, Task } from './protocol.js';
import { Sandbox } from './sandbox.js';
import { sourceOf } from './sources.js';

/** Seconds after which a task is ended that has not come to its end. A transport that says nothing makes each rule wait. */
export const limitOf = (task: Task): number => (task.do === 'compliance' ? 60 : 20);

/** One run of a program. Owns its sandbox and its time limit. */
export class Run {
  readonly #sandbox: Sandbox;
  readonly #limit: ReturnType<typeof setTimeout>;
  readonly #onOver: (text: string) => void;
  #isOver = false;

  /** `onOver` is called once, whoever ends it, with a word about that. */
  constructor(task: Task, onReport: (report: Report) => void, onOver: (text: string) => void) {
    this.#onOver = onOver;
    this.#sandbox = new Sandbox((report) => {
      if (report.type === 'over') this.#end(report.text);
      else onReport(report);
    });
    const limit = limitOf(task);
    this.#limit = setTimeout(() => { this.#end(`Stopped after ${limit} seconds: that is the limit here.`); }, limit * 1000);
    sourceOf('code').then((source) => this.#isOver ? undefined : this.#sandbox.start(source, task)).catch((error: unknown) => { this.#end(String(error)); });
  }

  stop(): void {
    this.#end('Stopped.');
  }

  #end(text: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#limit);
    this.#sandbox.end();
    this.#onOver(text);
  }
}
