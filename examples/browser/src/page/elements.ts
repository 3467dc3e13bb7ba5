/** An element that stands in index.html. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as querySelector has it
export function find<T extends Element = HTMLElement>(selector: string): T {
  return document.querySelector<T>(selector)!;
}

/** A new element with text, or with others in it. */
export function make(name: string, content: string | readonly Node[] = '', attributes: Record<string, string> = {}): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (typeof content === 'string') element.textContent = content;
  else element.append(...content);
  return element;
}

/** Shows what came of something: words, or an error. */
function tell(output: HTMLElement, text: string, failed = false): void {
  output.textContent = text;
  output.classList.toggle('failed', failed);
}

/** Runs what a button or a form is for, once at a time, and shows its words or its error. */
export function onUse(of: HTMLElement, output: HTMLElement, task: () => Promise<string>): void {
  let busy = false;
  of.addEventListener(of instanceof HTMLFormElement ? 'submit' : 'click', (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    tell(output, '…');
    task()
      .then((text) => { tell(output, text); }, (error: unknown) => { tell(output, wordsOf(error), true); })
      .finally(() => { busy = false; });
  });
}

/** An error in one line. */
export function wordsOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  if (!message) return code ?? String(error);
  return code && !message.includes(code) ? `${code}: ${message}` : message;
}

const UNITS = ['B', 'kB', 'MB', 'GB'];

export function bytes(count: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(count, 1)) / 3));
  return `${power === 0 ? count : (count / 1000 ** power).toFixed(1)} ${UNITS[power]}`;
}
