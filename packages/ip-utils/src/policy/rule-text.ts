/** What a rule covers, and its ports as they were written. */
export interface RuleParts {
  readonly target: string;
  readonly ports: string | null;
}

/**
 * Cuts the ports off the text of a rule. A colon begins them only where it cannot belong to an address: after brackets, after a prefix
 * length, or if it is the only one. `::1:80` is an address.
 * @returns null if brackets are not where they may be
 */
export function splitPorts(text: string): RuleParts | null {
  if (text.startsWith('[')) return splitBrackets(text);
  const from = Math.max(text.indexOf('/'), 0);
  const colon = text.indexOf(':', from);
  const isPort = colon >= 0 && (from > 0 || text.indexOf(':', colon + 1) < 0);
  return isPort ? { target: text.slice(0, colon), ports: text.slice(colon + 1) } : { target: text, ports: null };
}

/** `[::1]`, `[::]/0`, `[::/0]`, `[::1-::9]`, `[::1]-[::9]`, each with ports or without. */
function splitBrackets(text: string): RuleParts | null {
  const match = /^\[([^[\]]+)\](?:-\[([^[\]]+)\])?(\/[^:]*)?(?::(.*))?$/.exec(text);
  if (match === null) return null;
  const [, first, last, prefix, ports] = match as (string | undefined)[];
  if (!first!.includes(':') || last?.includes(':') === false) return null;
  if (prefix !== undefined && (last !== undefined || first!.includes('/'))) return null;
  return { target: `${first}${last === undefined ? '' : `-${last}`}${prefix ?? ''}`, ports: ports ?? null };
}
