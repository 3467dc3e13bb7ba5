import { shrinkList } from '@netstrata/simulation';
import type { Case } from './program.js';
import { run, type Ran } from './run.js';

/** The same rule is broken with as little as can be: fewer steps, faults and sockets, and a plainer world. */
export async function shrink(found: Case, rule: string, attempts = 300, seconds = 15): Promise<{ readonly smallest: Case; readonly ran: Ran }> {
  let smallest = found;
  let ran = await run(found);
  const until = performance.now() + seconds * 1000;
  const fails = async (candidate: Case): Promise<boolean> => {
    if (performance.now() > until) return false;
    const other = await run(candidate);
    if (other.violations.at(0)?.rule !== rule) return false;
    smallest = candidate;
    ran = other;
    return true;
  };
  for (let round = 0; round < 2; round++) {
    await shrinkList(smallest.faults, (faults) => fails({ ...smallest, faults }), attempts);
    await shrinkList(smallest.program.steps, (steps) => fails(withProgram(smallest, { steps })), attempts);
    for (const plainer of [{ link: {} }, { link: { latency: 1 } }, { links: [] }, { limits: {} }, { lookupDelay: 0 }]) await fails(withProgram(smallest, plainer));
    for (const key of Object.keys(smallest.program.limits)) {
      const limits = Object.fromEntries(Object.entries(smallest.program.limits).filter(([other]) => other !== key));
      await fails(withProgram(smallest, { limits }));
    }
    for (const key of ['clients', 'servers'] as const) {
      for (let i = smallest.program[key].length - 1; i >= 0; i--) {
        const { program } = smallest;
        await fails(withProgram(smallest, { [key]: program[key].with(i, { ...program[key][i], options: {} } as never) }));
        await fails(withProgram(smallest, { [key]: program[key].with(i, { ...program[key][i], reads: 'data' } as never) }));
      }
    }
    await dropLastClients(smallest, fails);
    smallest = await smallerNumbers(smallest, fails);
  }
  return { smallest, ran };
}

function withProgram(found: Case, part: Partial<Case['program']>): Case {
  return { ...found, program: { ...found.program, ...part } };
}

async function dropLastClients(found: Case, fails: (candidate: Case) => Promise<boolean>): Promise<void> {
  const used = Math.max(0, ...found.program.steps.filter(({ who }) => !who.startsWith('s')).map(({ who }) => Number(who.slice(1)) + 1));
  await fails(withProgram(found, { clients: found.program.clients.slice(0, used) }));
}

/** Sizes and times that are as small as they can be. */
async function smallerNumbers(found: Case, fails: (candidate: Case) => Promise<boolean>): Promise<Case> {
  let smallest = found;
  for (let i = 0; i < smallest.program.steps.length; i++) {
    const step = smallest.program.steps[i];
    for (let j = 0; j < step.with.length; j++) {
      const value = step.with[j];
      if (typeof value !== 'number' || value < 2) continue;
      for (const smaller of [1, Math.ceil(value / 100), Math.ceil(value / 10)]) {
        const candidate = withProgram(smallest, { steps: smallest.program.steps.with(i, { ...step, with: step.with.with(j, smaller) }) });
        if (smaller >= value || !(await fails(candidate))) continue;
        smallest = candidate;
        break;
      }
    }
  }
  return smallest;
}
