import type { SpawnOptions } from 'node:child_process';

/** A program that relays between its standard input and output and where it is told to go. */
export interface Command extends Pick<SpawnOptions, 'cwd' | 'env'> {
  readonly file: string;
  readonly args?: readonly string[];
  /**
   * What it says on its standard error once it has got there: `succeeded` for `nc -v`. Without it a process that was started counts
   * as connected, and one that gets nowhere is a reset, not a refusal.
   */
  readonly connected?: string;
}
