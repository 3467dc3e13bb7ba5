/** The runtime's own way to show values in messages. */
export interface Show {
  inspect(value: unknown): string;
  format(pattern: string, value: unknown): string;
}

let own: Show | undefined;

/** Messages show values as `util.inspect` and `util.format` do from now on. This package names no module of Node's itself. */
export function showWith(show: Show): void {
  own = show;
}

/** A value as it stands in the middle of a message. */
export function asText(value: unknown): string {
  if (own !== undefined) return own.format('%s', value);
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : show(value);
}

/** A value as `util.inspect` shows it: Node's own where there is one, and as far as messages need it elsewhere. */
export function show(value: unknown): string {
  if (own !== undefined) return own.inspect(value);
  if (typeof value === 'string') {
    const quote = !value.includes("'") ? "'" : !value.includes('"') ? '"' : !value.includes('`') ? '`' : "'";
    const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replace(/\\u00([0-9a-f]{2})/g, (_, hex: string) => `\\x${hex.toUpperCase()}`);
    return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
  }
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return value.toString();
  if (typeof value === 'function') return `[Function${value.name ? `: ${value.name}` : ' (anonymous)'}]`;
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  const inner = Array.isArray(value)
    ? value.map((item) => show(item)).join(', ')
    : Object.keys(value)
        .map((key) => `${key}: ${show((value as Record<string, unknown>)[key])}`)
        .join(', ');
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (Object.getPrototypeOf(value) === null) return inner ? `[Object: null prototype] { ${inner} }` : '[Object: null prototype] {}';
  return inner ? `${open} ${inner} ${close}` : `${open}${close}`;
}
