#!/usr/bin/env node
// npm run bench:readers: servers that read by a reader against such as are written by hand on 'data', both over sockets of net-compat.
import Table from 'cli-table3';
import { program } from 'commander';
import { endOnSignals } from './cleanup.mjs';
import { settingsOf, withOptions } from './options.mjs';
import { root } from './paths.mjs';
import { measure } from './measure/measure.mjs';
import { progress } from './progress.mjs';
import { median } from './report/median.mjs';
import { netstrata } from './sides.mjs';

const options = withOptions(program, 7).description("Measures readers against listeners to 'data': in turn, each in fresh processes. Needs a build.").parse().opts();
const pairs = ['', '-x64'].flatMap((load) => ['lines', 'lines-bytes'].flatMap((hand) => ['lines-sync', 'lines-reader'].map((reader) => [hand + load, reader + load])));
const side = netstrata('netstrata', options.runtime, root);

endOnSignals();
const { settings, notes } = settingsOf(/** @type {any} */ (options), []);
for (const note of notes) console.error(note);

const bar = progress(2 * pairs.length * options.rounds);
const table = new Table({ head: ["how many times the CPU of a reader that of 'data' is", 'user', 'all', 'operations'] });
for (const pair of pairs) {
  /** @type {import('./measure/measure.mjs').Figures[][]} */
  const rounds = [];
  for (let round = 0; round < options.rounds; round++) {
    /** @type {import('./measure/measure.mjs').Figures[]} */
    const figures = [];
    for (const which of round % 2 ? [1, 0] : [0, 1]) {
      bar.step(`${pair[which]}, round ${round + 1} of ${options.rounds}`);
      figures[which] = await measure(side, pair[which], settings);
    }
    rounds.push(figures);
  }
  const ratio = (/** @type {(hand: any, reader: any) => number} */ of) => {
    const ratios = rounds.map(([hand, reader]) => of(hand, reader)).sort((a, b) => a - b);
    return `${median(ratios).toFixed(2)} (${ratios[0].toFixed(2)} to ${ratios[ratios.length - 1].toFixed(2)})`;
  };
  table.push([
    `${pair[1]} for ${pair[0]}`,
    ratio((hand, reader) => hand.userMicros / reader.userMicros),
    ratio((hand, reader) => hand.cpuMicros / reader.cpuMicros),
    ratio((hand, reader) => reader.perSecond / hand.perSecond),
  ]);
}
bar.stop();
console.log(table.toString());
