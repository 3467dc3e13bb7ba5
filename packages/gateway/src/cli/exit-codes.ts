/** The codes that the program ends with; README.md has them. */
export const EXIT = {
  /** Done, or ended by a first SIGTERM or SIGINT, streams that were cut after the grace included. */
  ok: 0,
  /** It could not go on: the port is taken, or a fault of the program. */
  failure: 1,
  /** Flags, variables, files or tokens that cannot be used. */
  usage: 2,
} as const;

/** Ended by a second signal. */
const SIGNALED = 128;
const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;
export type EndSignal = keyof typeof NUMBERS;
export const exitCodeOf = (signal: EndSignal): number => SIGNALED + NUMBERS[signal];
