import { find, make, onUse, wordsOf } from '../page/elements.js';
import { chartOf } from './chart.js';
import { converse } from './memory.js';
import { runWorld } from './world.js';

function showMemory(): void {
  const log = find('#memory ol');
  const failed = make('output');
  onUse(find<HTMLFormElement>('#memory form'), failed, async () => {
    log.replaceChildren();
    await converse(find<HTMLInputElement>('#words').value, ({ at, who, text }) => {
      log.append(make('li', [make('time', `${at.toFixed(0)} ms`), make('b', who), make('span', text)], { class: who }));
    }).catch((error: unknown) => { log.append(make('li', wordsOf(error), { class: 'failed' })); });
    return '';
  });
}

function showWorld(): void {
  const form = find<HTMLFormElement>('#world form');
  const seed = find<HTMLInputElement>('#seed');
  onUse(form, find('#world output'), async () => {
    const before = performance.now();
    const run = await runWorld(seed.valueAsNumber);
    find('#world figure').replaceChildren(chartOf(run));
    find('#world pre').textContent = run.report;
    const lost = run.balance === run.paid * 10 ? '' : `, but the account holds ${run.balance}`;
    return `${run.paid} of 3 payments of 10 confirmed${lost}; ${(run.took / 1000).toFixed(1)} s of virtual time in ${(performance.now() - before).toFixed(0)} ms; digest ${run.digest}`;
  });
  // The first run, for whoever comes to look, by whichever way.
  const first = (): void => {
    if (location.hash !== '#local') return;
    removeEventListener('hashchange', first);
    form.requestSubmit();
  };
  addEventListener('hashchange', first);
  first();
  find('#next').addEventListener('click', () => {
    seed.valueAsNumber += 1;
    form.requestSubmit();
  });
}

export function showLocal(): void {
  showMemory();
  showWorld();
}
