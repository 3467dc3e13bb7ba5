import { show } from './show.js';
import type { Stage } from './stage.js';

export type Run = (t: Stage) => Promise<void> | void;

/** How long a run may wait for something: milliseconds, or turns of the loop where nothing comes that is not there by then. */
type Patience = { readonly ms: number } | { readonly turns: number };

/** What came of a run. */
export interface Observation {
  /** The lanes, as text. */
  readonly seen: string;
  /** What the scenario threw, or that it got stuck. It is no observation: nobody asked for it. */
  readonly failure: string | null;
}

export const STUCK = 'The scenario got stuck: wait for something that happens';

/** One run on a stage of its own. */
export async function observe(stage: Stage, patience: Patience, run: Run): Promise<Observation> {
  const limit = wait(patience);
  let failure: string | null;
  try {
    failure = await Promise.race([Promise.resolve().then(() => run(stage)).then(() => null), limit.over.then(() => STUCK)]);
  } catch (error) {
    failure = `The scenario threw ${show(error)}: what is meant to throw goes through t.attempt`;
  }
  limit.end();
  const seen = stage.report();
  await stage.clear();
  return { seen, failure };
}

interface Limit {
  readonly over: Promise<void>;
  readonly end: () => void;
}

function wait(patience: Patience): Limit {
  if ('ms' in patience) {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience.ms)));
    return { over, end: () => { clearTimeout(timer); } };
  }
  let left = patience.turns;
  const over = new Promise<void>((resolve) => {
    const turn = (): void => {
      if (left-- > 0) setImmediate(turn);
      else resolve();
    };
    turn();
  });
  return { over, end: () => { left = 0; } };
}
