import { programsOf, type Program } from './programs.js';
import { scenarios, type Run } from './scenarios.js';
import { sizes } from './sizes.js';
import { speed } from './speed.js';
import { suites } from './suites.js';
import { timelineOf, type Timeline } from './timeline.js';

/** All figures of the landing page: read or measured when the site is built. */
interface Figures {
  readonly programs: readonly Program[];
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
    const programs = programsOf('docs/index.md');
    return { programs, sizes: sizes(), speed: speed(), suites: suites(), scenarios: scenarios(), timeline: timelineOf(programs[programs.length - 1].printed) };
  },
};
