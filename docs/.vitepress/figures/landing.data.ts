import { printedBy } from './programs.js';
import { scenarios, type Run } from './scenarios.js';
import { sizes } from './sizes.js';
import { speed } from './speed.js';
import { suites } from './suites.js';
import { timelineOf, type Timeline } from './timeline.js';

/** All figures of the landing page: read or measured when the site is built. */
interface Figures {
  /** What the programs of the page have printed. */
  readonly printed: readonly string[];
  readonly sizes: ReturnType<typeof sizes>;
  readonly speed: ReturnType<typeof speed>;
  readonly suites: ReturnType<typeof suites>;
  readonly scenarios: readonly Run[];
  readonly timeline: Timeline;
}

// VitePress puts here what `load` gives.
declare const data: Figures;
export { data };

export default {
  load(): Figures {
    const printed = printedBy('docs/index.md');
    return { printed, sizes: sizes(), speed: speed(), suites: suites(), scenarios: scenarios(), timeline: timelineOf(printed[printed.length - 1]) };
  },
};
