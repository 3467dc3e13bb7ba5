#!/usr/bin/env node
// Messages a second between two ends in one process: over a network in memory, and over the system's.
import Table from 'cli-table3';
import { Command } from 'commander';
import { echoes } from './in-memory/echoes.mjs';
import { positive } from './options.mjs';
import { median } from './report/median.mjs';

const { rounds, seconds } = new Command('bench:memory')
  .option('--rounds <n>', 'how often each is measured, in turn', positive, 5)
  .option('--seconds <s>', 'how long one measurement lasts', positive, 1)
  .parse()
  .opts();

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {keyof typeof echoes} name @param {number} connections */
async function measure(name, connections) {
  const running = await echoes[name](connections);
  await sleep(300);
  const from = { messages: running.messages(), at: performance.now() };
  await sleep(seconds * 1000);
  const rate = ((running.messages() - from.messages) / (performance.now() - from.at)) * 1000;
  await running.stop();
  return rate;
}

const names = Object.keys(echoes);
const table = new Table({ head: ['64 B, messages a second', ...names] });
for (const connections of [1, 50, 500]) {
  /** @type {Map<string, number[]>} */
  const rates = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) for (const name of names) rates.get(name)?.push(await measure(name, connections));
  table.push([`${connections} connections`, ...names.map((name) => Math.round(median(rates.get(name) ?? [])).toLocaleString('en-US'))]);
}
console.log(`Node ${process.versions.node}, ${rounds} rounds of ${seconds} s`);
console.log(table.toString());
