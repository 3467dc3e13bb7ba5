#!/usr/bin/env node
// npm run bench:layers: connections under a policy, with the PROXY protocol, and through a proxy, against the same without.
import { program } from 'commander';
import { endOnSignals } from './cleanup.mjs';
import { settingsOf, withOptions } from './options.mjs';
import { inPairs } from './pairs.mjs';
import { root } from './paths.mjs';
import { netstrata } from './sides.mjs';

const options = withOptions(program, 7).description('Measures transports over a transport against what they are over: in turn, each in fresh processes. Needs a build.').parse().opts();
/** @type {[string, string][]} */
const pairs = [
  ['echo-64', 'echo-64-guard'], ['burst', 'burst-guard'], ['churn', 'churn-guard'],
  ['echo-64', 'echo-64-proxy-protocol'], ['pipe-16k', 'pipe-16k-proxy-protocol'], ['churn', 'churn-proxy-protocol'],
  ['proxy-16k', 'proxy-16k-socks'],
];

endOnSignals();
const { settings, notes } = settingsOf(/** @type {any} */ (options), []);
for (const note of notes) console.error(note);
console.log(await inPairs(netstrata('netstrata', options.runtime, root), pairs, options.rounds, settings, 'how many times the CPU of a layer that of none is'));
