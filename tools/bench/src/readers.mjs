#!/usr/bin/env node
// npm run bench:readers: servers that read by a reader against such as are written by hand on 'data', both over sockets of net-compat.
import { program } from 'commander';
import { endOnSignals } from './cleanup.mjs';
import { settingsOf, withOptions } from './options.mjs';
import { inPairs } from './pairs.mjs';
import { root } from './paths.mjs';
import { netstrata } from './sides.mjs';

const options = withOptions(program, 7).description("Measures readers against listeners to 'data': in turn, each in fresh processes. Needs a build.").parse().opts();
/** @type {[string, string][]} */
const pairs = ['', '-x64'].flatMap((load) => ['lines', 'lines-bytes'].flatMap((hand) => ['lines-sync', 'lines-reader'].map((reader) => /** @type {[string, string]} */ ([hand + load, reader + load]))));

endOnSignals();
const { settings, notes } = settingsOf(/** @type {any} */ (options), []);
for (const note of notes) console.error(note);
console.log(await inPairs(netstrata('netstrata', options.runtime, root), pairs, options.rounds, settings, "how many times the CPU of a reader that of 'data' is"));
