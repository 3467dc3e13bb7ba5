import type { Report } from './protocol.js';
import { Sandbox } from './sandbox.js';
import { sourceOf } from './sources.js';

/** What came of a line. */
export interface Answer {
  readonly text: string;
  readonly failed: boolean;
}

/** Milliseconds that a line may take. */
const LIMIT = 5000;

/** Evaluates lines, one after the other, in a sandbox that keeps what they define. Owns that. */
export class LineConsole {
  #sandbox: Sandbox | null = null;
  #onAnswer: (answer: Answer) => void = () => {};
  #last: Promise<unknown> = Promise.resolve();

  evaluate(line: string): Promise<Answer> {
    const answer = this.#last.then(() => this.#ask(line));
    this.#last = answer.catch(() => {});
    return answer;
  }

  /** What was defined is forgotten. */
  close(): void {
    this.#sandbox?.end();
    this.#sandbox = null;
  }

  async #ask(line: string): Promise<Answer> {
    const source = await sourceOf('addresses');
    return new Promise((resolve) => {
      const limit = setTimeout(() => {
        this.close();
        resolve({ text: `Ended after ${LIMIT / 1000} seconds, and with it what was defined before`, failed: true });
      }, LIMIT);
      this.#onAnswer = (answer) => {
        clearTimeout(limit);
        resolve(answer);
      };
      if (this.#sandbox === null) {
        this.#sandbox = new Sandbox((report) => { this.#heard(report); });
        void this.#sandbox.start(source, { do: 'line', line });
      } else this.#sandbox.give({ do: 'line', line });
    });
  }

  #heard(report: Report): void {
    if (report.type === 'over' && report.text !== '') {
      this.close();
      this.#onAnswer({ text: report.text, failed: true });
    }
    if (report.type === 'value') this.#onAnswer({ text: report.text, failed: false });
    if (report.type === 'failed') this.#onAnswer({ text: report.message, failed: true });
  }
}
