export type Status = 'passed' | 'failed' | 'skipped';

export interface Result {
  name: string;
  status: Status;
  /** Why it failed or was skipped. */
  detail?: string | undefined;
}

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** Collects the results of one tool, prints each as it comes and writes them as one report. */
export class Report {
  constructor(tool: string, options?: { quiet?: boolean | undefined });
  readonly tool: string;
  readonly results: Result[];
  readonly totals: Totals;
  add(name: string, status: Status, detail?: string): void;
  /** Runs a check: what it returns are the problems it found, and none means that it passed. */
  check(name: string, run: () => readonly string[] | Promise<readonly string[]>): Promise<void>;
  /** Writes `<folder>/<tool>.json` when a folder is given. Returns the exit code: 0, or 1 when anything failed. */
  finish(folder?: string): number;
}

/** Reads a report of ours or of vitest's JSON reporter. */
export function readReport(file: string): Result[];

export function sum(results: readonly Result[]): Totals;

/** `N passed, N failed`, and `, N skipped` when there are any. */
export function closingLine(totals: Totals): string;
