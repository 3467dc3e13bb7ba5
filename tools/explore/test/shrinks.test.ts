import { expect, it } from 'vitest';
import { play } from '../src/play.js';
import type { Case } from '../src/program.js';
import type { Ran } from '../src/run.js';

/** A world that breaks these rules, whatever really happens in it. */
function broken(...rules: readonly string[]): Promise<Ran> {
  return Promise.resolve({ violations: rules.map((rule) => ({ rule, text: '' })), digest: '', events: 0, isCut: false, timeline: '' });
}

function isWhole({ program: { hosts, servers, clients, steps } }: Case): boolean {
  const bytes = steps.reduce((sum, { what, with: [first, second] }) => sum + (what === 'burst' ? Number(first) * Number(second) : ['write', 'endWith', 'pour'].includes(what) ? Number(first) : 0), 0);
  return hosts.length >= 2 && bytes <= 500_000
    && servers.length > 0 && servers.every(({ host, does, onTo }, i) => host < hosts.length && (does !== 'proxy' || onTo < i))
    && clients.length > 0 && clients.every(({ host, server }) => host < hosts.length && server < servers.length)
    && steps.every(({ who }) => Number(who.slice(1)) < (who.startsWith('s') ? servers : clients).length);
}

/** Some of them have faults and a write of a hundred bytes, and some of these more than what matters. */
const SEEDS = Array.from({ length: 150 }, (_, i) => i);
const writes = ({ program }: Case): boolean => program.steps.some(({ what, with: [size] }) => what === 'write' && Number(size) >= 100);

it('a case shrinks to what matters, and whatever is tried on the way is a whole case', async () => {
  let count = 0;
  for (const seed of SEEDS) {
    const { first, smallest } = await play(seed, true, (found) => {
      if (!isWhole(found)) throw new Error(`not a whole case: ${JSON.stringify(found)}`);
      return broken(...(writes(found) && found.faults.length > 0 ? ['complete'] : []));
    });
    if (first.ran.violations.length === 0) continue;
    count++;
    const { faults, program: { hosts, servers, clients, steps, link, links, limits } } = smallest.found;
    expect({ faults: faults.length, hosts: hosts.length, servers: servers.length, clients: clients.length, link, links, limits }).toEqual({ faults: 1, hosts: 2, servers: 1, clients: 1, link: {}, links: [], limits: {} });
    expect(steps.map(({ what, with: [size] }) => [what, size])).toEqual([['connect', undefined], ['write', 100]]);
  }
  expect(count).toBeGreaterThan(10);
});

it('a smaller case that breaks another rule first does not count', async () => {
  const outcome = await play(SEEDS[0], true, (found) => broken(found.program.hosts.length > 2 || found.program.servers.length > 1 ? 'arrives' : 'hears'));
  expect([outcome.first, outcome.smallest].map(({ ran }) => ran.violations[0].rule)).toEqual(['arrives', 'arrives']);
});

it('what a run throws is no broken rule, and is not lost', async () => {
  await expect(play(SEEDS[0], true, () => Promise.reject(new Error('of the tool')))).rejects.toThrow('of the tool');
});

it('the same seed draws the same case', async () => {
  const draw = async (): Promise<readonly Case[]> => Promise.all(SEEDS.map(async (seed) => (await play(seed, false, () => broken())).first.found));
  expect(await draw()).toEqual(await draw());
});
