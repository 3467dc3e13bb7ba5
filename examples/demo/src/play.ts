import type { Medium } from './medium.js';
import { scenes } from './scenes/index.js';
import type { Screen } from './screen.js';

/** Plays every scene on every medium, one after the other. Returns how many went wrong. */
export async function play(media: readonly Medium[], screen: Screen): Promise<number> {
  const rates: [title: string, bytesPerSecond: number][] = [];
  let failures = 0;
  for (const medium of media) {
    const missing = (await medium.missing?.()) ?? null;
    if (missing !== null) {
      screen.skipped(medium.title, missing);
      continue;
    }
    screen.medium(medium.title, medium.says);
    for (const [title, scene] of Object.entries(scenes)) {
      try {
        const { text, bytesPerSecond } = await scene(medium);
        screen.passed(title, text);
        if (bytesPerSecond !== undefined) rates.push([medium.title, bytesPerSecond]);
      } catch (error) {
        failures += 1;
        screen.failed(title, error);
      }
    }
  }
  screen.rates(rates);
  screen.verdict(failures);
  return failures;
}
