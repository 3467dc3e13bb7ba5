/** Observations as text. Two runs of a scenario must give the same text where they saw the same. */

/** Strings and numbers that differ from run to run, and the names that stand for them. */
export class Names {
  readonly #names: [value: string, name: string][] = [];

  /** From now on `value` is shown as `<name>`. */
  hide(value: string | number, name: string): void {
    const text = String(value);
    this.#names.push([text, `<${name}>`]);
    // As it stands in text that is quoted: the name of a Windows pipe has backslashes.
    const quoted = JSON.stringify(text).slice(1, -1);
    if (quoted !== text) this.#names.push([quoted, `<${name}>`]);
  }

  apply(text: string): string {
    let result = text;
    for (const [value, name] of this.#names) {
      // A port is a whole number, not digits inside of another.
      result = /^\d+$/.test(value) ? result.replace(new RegExp(`(?<!\\d)${value}(?!\\d)`, 'g'), name) : result.replaceAll(value, name);
    }
    return result;
  }
}

/** Own properties of an error that Node sets, in one order. */
const ERROR_FIELDS = ['code', 'errno', 'syscall', 'address', 'port', 'localAddress', 'localPort', 'host', 'hostname'];

export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return value.toString();
  if (typeof value === 'function') return `function ${value.name}`;
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  if (value instanceof Error) return showError(value);
  if (value instanceof Uint8Array) return `${value.constructor.name} ${showBytes(value)}`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype !== Object.prototype && prototype !== null) return `a ${value.constructor.name}`;
  return `{${Object.entries(value).map(([key, item]) => `${key}: ${show(item)}`).join(', ')}}`;
}

function showError(error: Error): string {
  const fields = error as unknown as Record<string, unknown>;
  const shown = ERROR_FIELDS.filter((key) => fields[key] !== undefined).map((key) => `${key}: ${show(fields[key])}`);
  const errors = error instanceof AggregateError ? [`errors: ${show(error.errors)}`] : [];
  return `${error.name}(${[show(error.message), ...shown, ...errors].join(', ')})`;
}

function showBytes(bytes: Uint8Array): string {
  if (bytes.length > 200) return `of ${bytes.length} bytes`;
  const text = Buffer.from(bytes).toString('latin1');
  return JSON.stringify(text);
}
