import type { Report } from '@netstrata/report';

/** What the rehearsal does, a line for each, with the time since it began; and its results. */
export class Steps {
  readonly report: Report;
  readonly #began = performance.now();
  readonly #areas = new Map<string, { passed: number; failed: number; seconds: number }>();

  constructor(report: Report) {
    this.report = report;
  }

  /** A line of the log. */
  say(text: string): void {
    console.log(`${((performance.now() - this.#began) / 1000).toFixed(1).padStart(7)} s  ${text}`);
  }

  /** A check: what it returns, or throws, are problems. */
  async check(area: string, name: string, body: () => readonly string[] | Promise<readonly string[]>): Promise<boolean> {
    const began = performance.now();
    const problems = await Promise.resolve().then(body).catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
    const status = problems.length === 0 ? 'passed' : 'failed';
    const detail = problems.join('\n');
    this.report.add(`${area}: ${name}`, status, detail);
    const row = this.#areas.get(area) ?? { passed: 0, failed: 0, seconds: 0 };
    this.#areas.set(area, { ...row, [status]: row[status] + 1, seconds: row.seconds + (performance.now() - began) / 1000 });
    this.say(`${status === 'passed' ? '✓' : '✗'} ${area}: ${name}`);
    if (status === 'failed') console.log(detail.replace(/^/gm, '            '));
    return status === 'passed';
  }

  /** What a later step stands on: its failure ends the rehearsal. */
  async need<T>(area: string, name: string, body: () => T | Promise<T>): Promise<T> {
    let result: T | undefined;
    const passed = await this.check(area, name, async () => {
      result = await body();
      return [];
    });
    if (!passed) throw new Error(`${area}: ${name} failed, and what comes after stands on it`);
    return result as T;
  }

  /** Area, passed, failed, seconds that its steps took together. */
  rows(): [string, number, number, string][] {
    return [...this.#areas].map(([area, { passed, failed, seconds }]) => [area, passed, failed, seconds.toFixed(0)]);
  }
}
