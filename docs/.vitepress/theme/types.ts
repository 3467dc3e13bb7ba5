/** Where the pointer is, and what is chosen by keys or by a touch. */
const NAME = '.typed';

/** One for the whole site: it shows the type of one name at a time. */
function createBox(): HTMLElement {
  const box = document.createElement('div');
  box.className = 'type-of-name';
  box.setAttribute('role', 'status');
  box.hidden = true;
  document.body.append(box);
  return box;
}

function fill(box: HTMLElement, { type = '', docs }: DOMStringMap): void {
  const code = document.createElement('code');
  code.textContent = type;
  box.replaceChildren(code);
  if (docs === undefined) return;
  const text = document.createElement('p');
  text.textContent = docs;
  box.append(text);
}

/** Below the name, or above it where there is no room; never beyond the edge of the window. */
function place(box: HTMLElement, name: Element): void {
  const { left, top, bottom } = name.getBoundingClientRect();
  // It is as wide as it may be only where it has the room.
  box.style.left = '0';
  const room = document.documentElement.clientWidth - box.offsetWidth - 8;
  box.style.left = `${Math.max(8, Math.min(left, room))}px`;
  box.style.top = `${bottom + box.offsetHeight > window.innerHeight ? Math.max(8, top - box.offsetHeight) : bottom}px`;
}

/**
 * Names in blocks of code show their types: where the pointer is, where they are touched, and in a block that has the focus by the arrow
 * keys. Escape hides what is shown.
 */
export function showTypes(): void {
  let box: HTMLElement | undefined;
  let shown: HTMLElement | null = null;
  const show = (name: HTMLElement | null): void => {
    shown?.classList.remove('shown');
    shown = name;
    box ??= createBox();
    box.hidden = name === null;
    if (name === null) return;
    name.classList.add('shown');
    fill(box, name.dataset);
    place(box, name);
  };
  const nameAt = (event: Event): HTMLElement | null => (event.target instanceof Element ? event.target.closest<HTMLElement>(NAME) : null);
  // A long type is scrolled, and copied from, where it is shown.
  const isInBox = ({ target }: Event): boolean => box !== undefined && target instanceof Node && box.contains(target);
  document.addEventListener('pointerover', (event) => {
    if (isInBox(event)) return;
    const name = nameAt(event);
    if (name !== shown) show(name);
  });
  document.addEventListener('click', (event) => { if (!isInBox(event)) show(nameAt(event)); });
  document.addEventListener('focusout', () => { if (shown !== null) show(null); });
  window.addEventListener('scroll', () => { if (shown !== null) show(null); }, { passive: true });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && shown !== null) show(null);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || !(event.target instanceof HTMLPreElement)) return;
    const names = [...event.target.querySelectorAll<HTMLElement>(NAME)];
    const next = names[names.indexOf(shown!) + step];
    if (next === undefined) return;
    event.preventDefault();
    next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    show(next);
  });
}
