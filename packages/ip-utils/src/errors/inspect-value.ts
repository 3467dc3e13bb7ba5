// A small `util.inspect`, enough for the values that end up in error messages. It runs no getter and never throws.

type Custom = (this: object, depth: number, options: object, inspect: (value: unknown) => string) => unknown;

const LINE = 80;
const MAX_ITEMS = 100;
const MAX_DEPTH = 2;
const MAX_TEXT = 10_000;
// After each character that has an escape of one letter, that letter.
const ESCAPES = '\bb\tt\nn\ff\rr\\\\';

/** What one inspection carries along: the objects it is inside of. */
type Path = readonly object[];

/** `value` as `util.inspect(value)` of Node 26 shows it, as far as error messages need. */
export function inspectValue(value: unknown): string {
  return inspect(value, []);
}

function inspect(value: unknown, path: Path): string {
  switch (typeof value) {
    case 'string':
      return inspectText(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'function':
      return inspectFunction(value);
    case 'object':
      return value === null ? 'null' : inspectObject(value, path);
    default:
      return String(value);
  }
}

function inspectText(text: string): string {
  const more = text.length - MAX_TEXT;
  return more > 0 ? `${quote(text.slice(0, MAX_TEXT))}... ${more} more character${more > 1 ? 's' : ''}` : quote(text);
}

/** Single quotes unless the text holds them and another kind would need no escape. */
function quote(text: string): string {
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  let body = '';
  for (const char of text) body += char === mark ? `\\${mark}` : escapeChar(char);
  return mark + body + mark;
}

function escapeChar(char: string): string {
  const at = ESCAPES.indexOf(char);
  if (at >= 0 && at % 2 === 0) return `\\${ESCAPES.charAt(at + 1)}`;
  const code = char.codePointAt(0)!;
  if (code < 32 || (code > 126 && code < 160)) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  return code >= 0xd800 && code <= 0xdfff ? `\\u${code.toString(16)}` : char;
}

function inspectFunction(value: object): string {
  const name = ownValue(value, 'name');
  const label = typeof name === 'string' && name !== '' ? name : '';
  const isClass = ownValue(value, 'prototype') !== undefined && /^class\b/.test(Function.prototype.toString.call(value));
  if (isClass) return `[class ${label === '' ? '(anonymous)' : label}]`;
  return label === '' ? '[Function (anonymous)]' : `[Function: ${label}]`;
}

function inspectObject(value: object, path: Path): string {
  if (path.includes(value)) return '[Circular *1]';
  try {
    const custom = customOf(value);
    if (custom !== undefined) return String(custom.call(value, MAX_DEPTH - path.length, { depth: MAX_DEPTH }, inspectValue));
    // Of any realm.
    const tag: string = Object.prototype.toString.call(value);
    if (tag === '[object RegExp]') return RegExp.prototype.toString.call(value);
    if (tag === '[object Date]') return inspectDate(value as Date);
    if (value instanceof Error || tag === '[object Error]') return `${(value as Error).name}: ${(value as Error).message}`;
    return inspectFields(value, path);
  } catch {
    // A revoked proxy, a throwing trap: the message matters more.
    return '[Object]';
  }
}

function inspectDate(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString();
}

function customOf(value: object): Custom | undefined {
  const symbol = Symbol.for('nodejs.util.inspect.custom');
  const custom = (value as Record<symbol, unknown>)[symbol];
  return typeof custom === 'function' ? (custom as Custom) : undefined;
}

function inspectFields(value: object, path: Path): string {
  const isArray = Array.isArray(value);
  const name = constructorName(value);
  const isEmpty = isArray ? value.length === 0 : enumerableKeys(value).length === 0;
  if (path.length > MAX_DEPTH && !isEmpty) return isArray ? '[Array]' : `[${name ?? 'Object: null prototype'}]`;
  const inside = [...path, value];
  const entries = isArray ? items(value, inside) : fields(value, inside);
  let prefix = name === null ? '[Object: null prototype] ' : `${name} `;
  if (name === (isArray ? 'Array' : 'Object')) prefix = '';
  return layOut(entries, prefix + (isArray ? '[' : '{'), isArray ? ']' : '}', path.length * 2);
}

function items(value: readonly unknown[], inside: Path): string[] {
  const entries = value.slice(0, MAX_ITEMS).map((item) => inspect(item, inside));
  const more = value.length - MAX_ITEMS;
  return more > 0 ? [...entries, `... ${more} more item${more > 1 ? 's' : ''}`] : entries;
}

function fields(value: object, inside: Path): string[] {
  const keys = enumerableKeys(value).slice(0, MAX_ITEMS);
  return keys.map((key) => `${keyText(key)}: ${fieldText(Object.getOwnPropertyDescriptor(value, key)!, inside)}`);
}

function enumerableKeys(value: object): (string | symbol)[] {
  return Reflect.ownKeys(value).filter((key) => Object.getOwnPropertyDescriptor(value, key)?.enumerable);
}

function keyText(key: string | symbol): string {
  if (typeof key === 'symbol') return key.toString();
  return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : quote(key);
}

function fieldText(field: PropertyDescriptor, inside: Path): string {
  if (Object.hasOwn(field, 'value')) return inspect(field.value, inside);
  return field.get === undefined ? '[Setter]' : field.set === undefined ? '[Getter]' : '[Getter/Setter]';
}

/** One line where it fits (util.inspect's rule for `compact: 3` and a line of 80), one entry a line otherwise. */
function layOut(entries: readonly string[], open: string, close: string, indent: number): string {
  if (entries.length === 0) return open + close;
  const width = entries.reduce((sum, entry) => sum + entry.length, 2 * entries.length + indent + open.length + 10);
  const line = `${open} ${entries.join(', ')} ${close}`;
  if (width <= LINE && !line.includes('\n')) return line;
  const pad = ' '.repeat(indent);
  return `${open}\n${pad}  ${entries.join(`,\n${pad}  `)}\n${pad}${close}`;
}

/** The name of the constructor nearest on the prototype chain, or null without one. */
export function constructorName(value: object): string | null {
  for (let object: object | null = value; object !== null; object = Object.getPrototypeOf(object) as object | null) {
    const constructor = ownValue(object, 'constructor');
    const name = typeof constructor === 'function' ? ownValue(constructor, 'name') : undefined;
    if (typeof name === 'string') return name;
  }
  return null;
}

function ownValue(object: object, key: string): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  return descriptor !== undefined && Object.hasOwn(descriptor, 'value') ? descriptor.value : undefined;
}
