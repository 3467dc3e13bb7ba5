import { readOption } from '../errors/validate.js';

/** Headers as Node's `headers` and `headersDistinct`, as any object with names in any case, or as the `Headers` of fetch. */
export type HeadersLike =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | {
    /** The value or values of a header, whatever the case of its name. */
    get(name: string): string | readonly string[] | null | undefined;
  };

/** In place of a value that is no text: an element that nothing can read. */
const UNREADABLE = '?';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : UNREADABLE);

/** All values of a header in their order, with commas between (RFC 9110 section 5.2); empty if there are none. */
export function headerText(headers: unknown, name: string): string {
  if (typeof headers !== 'object' || headers === null) return '';
  const get = readOption(headers, 'get');
  if (typeof get === 'function') return joined(Reflect.apply(get, headers, [name]));
  const own = headers as Readonly<Record<string, unknown>>;
  const values = Object.keys(own).filter((key) => key.length === name.length && key.toLowerCase() === name).map((key) => joined(own[key]));
  return values.join(',');
}

function joined(value: unknown): string {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? Array.from(value, textOf).join(',') : textOf(value);
}
