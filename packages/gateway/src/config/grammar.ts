import { parseHostPort } from '@netstrata/ip-utils/address';
import { isIP } from '@netstrata/ip-utils';
import { LONGEST_TIME } from '@netstrata/transport/layers';

/** One kind of value of a setting: how it is read from text, and from JSON. */
export interface Kind<T> {
  /** The placeholder in `--help`. */
  readonly placeholder: string;
  /** What is allowed, as an error says it. */
  readonly allowed: string;
  /** Null for text that is none. */
  parse(text: string): T | null;
  /** JSON has numbers and booleans, too: whether this one is meant. */
  readonly json?: 'number' | 'boolean';
}

/** Where to listen, or null for every address (`:8080`). */
export interface ListenAddress {
  readonly host: string | null;
  readonly port: number;
}

const KIB = 1024;
const KB = 1000;
const BYTES: Readonly<Record<string, number>> = {
  '': 1, B: 1, kB: KB, KB, MB: KB ** 2, GB: KB ** 3, KiB: KIB, MiB: KIB ** 2, GiB: KIB ** 3,
};
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A number and its unit, in whole units of the smallest one. Null for everything else, what is no safe integer included. */
function measure(text: string, units: Readonly<Record<string, number>>): number | null {
  const [, digits = '', unit = ''] = /^(\d{1,15}(?:\.\d{1,3})?) ?([a-zA-Z]*)$/.exec(text.trim()) ?? [];
  if (digits === '' || !Object.hasOwn(units, unit)) return null;
  const value = Number(digits) * units[unit];
  return Number.isSafeInteger(value) ? value : null;
}

/** `256KiB`, `1MB`, `4096`. */
const parseBytes = (text: string): number | null => measure(text, BYTES);

/** `30s`, `5m`, `1.5h`, in milliseconds. A number without its unit could mean anything, and is none. */
export const parseDuration = (text: string): number | null => measure(text, MILLISECONDS);

function parseCount(text: string): number | null {
  const value = /^\d{1,15}$/.test(text.trim()) ? Number(text) : 0;
  return value > 0 ? value : null;
}

function parseListen(text: string): ListenAddress | null {
  const port = /^(?:\*?:)?(\d{1,5})$/.exec(text);
  if (port) return Number(port[1]) <= 65_535 ? { host: null, port: Number(port[1]) } : null;
  const found = parseHostPort(text);
  if (found?.port == null || (isIP(found.host) === 0 && found.host.toLowerCase() !== 'localhost')) return null;
  return { host: found.host, port: found.port };
}

export const text: Kind<string> = {
  placeholder: 'text',
  allowed: 'a text that is not empty',
  parse: (given) => (given === '' ? null : given),
};

export const file: Kind<string> = { ...text, placeholder: 'file', allowed: 'the path of a file' };

export const rule: Kind<string> = { ...text, placeholder: 'rule', allowed: "a rule, like 'db.internal:5432' or '10.0.0.0/8:5432'" };

export const origin: Kind<string> = {
  placeholder: 'origin',
  allowed: "an origin as browsers send it, like 'https://app.example' (no path), or '*' for every one",
  parse: (given) => (given === '*' || (URL.canParse(given) && new URL(given).origin === given) ? given : null),
};

export const path: Kind<string> = {
  placeholder: 'path',
  allowed: "a path of a URL, like '/tunnel'",
  parse: (given) => (/^\/[\w.~/-]{0,200}$/.test(given) ? given : null),
};

export const listen: Kind<ListenAddress> = {
  placeholder: 'address:port',
  allowed: "an address and a port, like '127.0.0.1:8080', '[::1]:8080', or ':8080' for every address",
  parse: parseListen,
};

export const count: Kind<number> = { placeholder: 'number', allowed: 'a whole number above 0', parse: parseCount, json: 'number' };

/** The bounds are those of transport-mux. */
export const window: Kind<number> = {
  placeholder: 'bytes',
  allowed: "bytes from '256KiB' to '1GiB', like '262144' or '1MB'",
  parse: (given) => {
    const value = parseBytes(given) ?? 0;
    return value >= 256 * KIB && value <= KIB ** 3 ? value : null;
  },
  json: 'number',
};

export const rate: Kind<number> = {
  placeholder: 'bytes/s',
  allowed: "bytes in a second, like '1MB/s' or '512KiB/s'",
  parse: (given) => parseBytes(given.replace(/\/s$/, '')) || null,
  json: 'number',
};

export const duration: Kind<number> = {
  placeholder: 'time',
  allowed: "a time with its unit (ms, s, m, h, d), like '30s' or '5m', of at most 24 days",
  parse: (given) => {
    const value = parseDuration(given);
    return value !== null && value <= LONGEST_TIME ? value : null;
  },
};

/** A flag without a value; in the environment and in files it has one. */
export const yes: Kind<boolean> = {
  placeholder: '',
  allowed: 'true or false',
  parse: (given) => (given === 'true' || given === '1' ? true : given === 'false' || given === '0' ? false : null),
  json: 'boolean',
};

function oneOf<T extends string>(placeholder: string, ...choices: readonly T[]): Kind<T> {
  return {
    placeholder,
    allowed: `one of ${choices.join(', ')}`,
    parse: (given) => choices.find((choice) => choice === given) ?? null,
  };
}

export const forwarding = oneOf('header', 'x-forwarded-for', 'forwarded');

export const level = oneOf('level', 'fatal', 'error', 'warn', 'info', 'debug', 'silent');
