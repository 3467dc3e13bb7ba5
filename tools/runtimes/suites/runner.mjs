// The test runner for suites: node:test if the runtime is Node (wine's too), else the few lines below, because
// `node:test` of Bun and Deno only works under their own test commands. Results go to a file, a line of JSON each.
import { appendFileSync } from 'node:fs';

const isNode = typeof Bun === 'undefined' && typeof Deno === 'undefined';

const LIMIT_MS = 180_000;
const path = [];
const queue = [];

function describe(name, body) {
  path.push(name);
  body();
  path.pop();
}

function it(name, body) {
  queue.push({ name: [...path, name].join(' > '), body });
}

/** Settles as the test does, or rejects when it takes too long. */
async function limited(body) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  try {
    await Promise.race([Promise.resolve().then(body), late]);
  } finally {
    clearTimeout(timer);
  }
}

const write = (line) => appendFileSync(process.env.NETSTRATA_RESULTS, `${JSON.stringify(line)}\n`);

/** In sequence, in the given order. */
async function runAll() {
  let hasFailed = false;
  for (const { name, body } of queue) {
    try {
      if (body) await limited(body);
      write({ name, status: body ? 'passed' : 'skipped' });
    } catch (error) {
      hasFailed = true;
      write({ name, status: 'failed', detail: error?.stack ?? String(error) });
    }
  }
  write({ done: true });
  // What a test has left open that failed must not keep the process; what all of them leave open is a failure, as it never ends.
  if (hasFailed) process.exit(1);
}

const chosen = isNode ? await import('node:test') : { describe, it };

// Tests that would end the process; known.json says why.
const skipped = new Set(JSON.parse(process.env.NETSTRATA_SKIP ?? '[]'));

function itUnlessSkipped(name, body) {
  if (!skipped.has(name)) chosen.it(name, body);
  else if (isNode) chosen.it.skip(name, body);
  else queue.push({ name: [...path, name].join(' > '), body: null });
}

export const runner = { describe: chosen.describe, it: itUnlessSkipped };

/** What a suite waits for before it has registered its tests. */
let before = Promise.resolve();

/** @template T @param {Promise<T>} promise @returns {Promise<T>} the same */
export function first(promise) {
  before = promise;
  return promise;
}

// A suite is a module: all its tests are registered by the time the next task runs, or the one after what it waits for.
if (!isNode) setTimeout(() => void before.then(() => setTimeout(() => void runAll(), 0)), 0);
