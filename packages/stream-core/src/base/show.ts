/** The runtime's own way to show values in messages. */
export interface Show {
  /** `depth`: how many objects deep it looks; below 0 it only tells what an object is. */
  inspect(value: unknown, options?: { readonly depth: number }): string;
  /** Puts the value in place of the `%o` of a pattern. */
  format(pattern: string, value: unknown): string;
}

let runtimeShow: Show | undefined;

/** Messages show values as `util.inspect` and `util.format` do from now on. This package names no module of Node's itself. */
export function showWith(show: Show): void {
  runtimeShow = show;
}

/** What a peer or a file can make long is cut: as Node's `inspect` does, and for `format`, which does not. */
const LONGEST_SHOWN = 10_000;
const LONGEST_TEXT = 1000;
const MOST_ITEMS = 100;
const DEPTH = 2;

/** A value as it appears in the middle of a message. */
export function asText(value: unknown): string {
  const text = runtimeShow !== undefined ? runtimeShow.format('%s', value) : typeof value === 'string' ? value : show(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text;
}

/** A value as `util.inspect` shows it: Node's own where there is one, and as far as messages need it elsewhere. */
export function show(value: unknown, options?: { readonly depth: number }): string {
  return runtimeShow !== undefined ? runtimeShow.inspect(value, options) : showIn(value, options?.depth ?? DEPTH);
}

function showIn(value: unknown, depth: number): string {
  if (typeof value === 'string') return showText(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[Function${value.name ? `: ${value.name}` : ' (anonymous)'}]`;
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  const isList = Array.isArray(value);
  const kind = Object.getPrototypeOf(value) === null ? 'Object: null prototype' : isList ? 'Array' : 'Object';
  const inside: unknown[] = isList ? value.slice(0, MOST_ITEMS) : Object.keys(value).slice(0, MOST_ITEMS);
  if (depth < 0 && inside.length > 0) return `[${kind}]`;
  const shown = inside.map((item) => isList
    ? showIn(item, depth - 1)
    : `${item as string}: ${showIn((value as Record<string, unknown>)[item as string], depth - 1)}`);
  const [open, close] = isList ? '[]' : '{}';
  const prefix = kind === 'Object: null prototype' ? `[${kind}] ` : '';
  return shown.length > 0 ? `${prefix}${open} ${shown.join(', ')} ${close}` : `${prefix}${open}${close}`;
}

function showText(whole: string): string {
  const value = whole.slice(0, LONGEST_SHOWN);
  const quote = !value.includes("'") ? "'" : !value.includes('"') ? '"' : !value.includes('`') ? '`' : "'";
  const unquoted = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
  const escaped = unquoted.replace(/\\u00([0-9a-f]{2})/g, (_, hex: string) => `\\x${hex.toUpperCase()}`);
  const shown = `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
  const more = whole.length - value.length;
  return more > 0 ? `${shown}... ${more} more character${more > 1 ? 's' : ''}` : shown;
}
