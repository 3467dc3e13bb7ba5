import { find } from './elements.js';

const NAMES = ['tunnel', 'local'] as const;

function open(name: string): void {
  for (const one of NAMES) {
    const tab = find(`#tab-${one}`);
    tab.setAttribute('aria-selected', String(one === name));
    tab.tabIndex = one === name ? 0 : -1;
    find(`#${one}`).hidden = one !== name;
  }
}

/** As by a link, but the focus stays where it is. */
function go(name: string): void {
  history.pushState(null, '', `#${name}`);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/** There are two: whichever arrow it is, the other one is meant. */
function onArrow({ key }: KeyboardEvent): void {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
  const other = find('[role=tab][aria-selected=false]');
  other.focus();
  other.click();
}

/** The address keeps which tab is open. */
export function showTabs(): void {
  for (const name of NAMES) find(`#tab-${name}`).addEventListener('click', () => { go(name); });
  find('[role=tablist]').addEventListener('keydown', onArrow);
  const follow = (): void => { open(location.hash === '#local' ? 'local' : 'tunnel'); };
  addEventListener('hashchange', follow);
  follow();
}
