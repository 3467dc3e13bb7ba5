import { environment, optionsOf, plainOptions, showWith, type Show } from '@netstrata/stream-core';

/**
 * What the runtime has to offer, asked for without importing it: this package also runs where there is no `node:` anything.
 * `process.getBuiltinModule` is there from Node 20.16 and 22.3 on.
 */

interface RuntimeProcess {
  readonly platform?: string;
  readonly versions?: Readonly<Record<string, string | undefined>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?(name: string): unknown;
  emitWarning?(text: string, type: string, code?: string): void;
  readonly moduleLoadList?: readonly string[];
}

/** @internal */
export const runtimeProcess = (globalThis as { process?: RuntimeProcess }).process;

/** Parts of Node's net that are not documented, and that some programs use. */
export interface Internals {
  /** A handle that is bound, or a negative error number. */
  readonly _createServerHandle?: (
    address: string | null, port: number | null, family: number | null, fd?: number, flags?: number,
  ) => unknown;
  readonly _setSimultaneousAccepts?: (handle: unknown) => void;
}

export interface BuiltinNet extends Internals {
  readonly Socket: { readonly prototype: object };
  readonly Server: { readonly prototype: object };
  readonly BlockList?: (new () => object) & { isBlockList?(value: unknown): boolean };
  readonly getDefaultAutoSelectFamily?: () => boolean;
  readonly getDefaultAutoSelectFamilyAttemptTimeout?: () => number;
  readonly setDefaultAutoSelectFamily?: (on: boolean) => void;
  readonly setDefaultAutoSelectFamilyAttemptTimeout?: (milliseconds: number) => void;
  readonly createConnection?: unknown;
  readonly _normalizeArgs?: (args: readonly unknown[]) => object;
}

interface BuiltinStream {
  readonly Readable?: { readonly ReadableState?: { readonly prototype: object } };
  readonly Writable?: { readonly WritableState?: { readonly prototype: object } };
  getDefaultHighWaterMark?(objectMode: boolean): number;
}

/** An address of a name, as `dns.lookup` gives it. */
export interface LookupAddress {
  /** An IP address. */
  address: string;
  /** 4 or 6. */
  family: number;
}

/** What is asked of a `LookupFunction` (https://nodejs.org/api/dns.html#dnslookuphostname-options-callback). */
export interface LookupOptions {
  /** 4, 6, or 0 for either. */
  family?: number | 'IPv4' | 'IPv6' | undefined;
  /** Flags of `getaddrinfo`. */
  hints?: number | undefined;
  /** Whether all addresses are wanted, as a list. */
  all?: boolean | undefined;
  /** In which order they are wanted. */
  order?: 'ipv4first' | 'ipv6first' | 'verbatim' | undefined;
  /** The older way to ask for an order: true is `verbatim`. */
  verbatim?: boolean | undefined;
}

/** A question for a resolver, which may be the user's own. Node's `dns.lookup` takes more than is asked here. */
export function question(options: LookupOptions): LookupOptions {
  return plainOptions(options, ['family', 'hints', 'all', 'order', 'verbatim']);
}

/** Resolves a host name: Node's `dns.lookup`, or anything of its shape. */
export type LookupFunction = (
  hostname: string,
  options: LookupOptions,
  callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
) => void;

interface BuiltinDns {
  readonly lookup: LookupFunction;
  getDefaultResultOrder?(): string;
  readonly ADDRCONFIG: number;
}

function builtin(name: string): unknown {
  return runtimeProcess?.getBuiltinModule?.(name);
}

/** @internal A builtin that this build of Node may not have (tls without OpenSSL). */
export function loadBuiltin(name: string): unknown {
  try {
    return builtin(name);
  } catch {
    return undefined;
  }
}

/** @internal Whether Node has loaded a builtin, by the name of a file of it; true where that cannot be known: Bun and Deno list nothing. */
export function hasLoaded(file: RegExp): boolean {
  const list = runtimeProcess?.moduleLoadList;
  return list === undefined || list.length === 0 || list.some((name) => name.startsWith('NativeModule ') && file.test(name.slice(13)));
}

/** @internal Where `net-compat/register` keeps the builtin's own members, for other copies of these packages. */
export const originalKey = Symbol.for('netstrata.builtin');

/** What is used of the builtin and may be replaced. */
const REPLACED = [
  'Socket', 'Server', 'createConnection', 'getDefaultAutoSelectFamily', 'getDefaultAutoSelectFamilyAttemptTimeout',
  'setDefaultAutoSelectFamily', 'setDefaultAutoSelectFamilyAttemptTimeout', '_createServerHandle', '_normalizeArgs',
  '_setSimultaneousAccepts',
] as const;

/** The builtin as it is before `register` replaces its members. What it makes when it is read (`BlockList`) is left to it. */
function originalNet(): BuiltinNet | undefined {
  const exports = builtin('net') as BuiltinNet | undefined;
  if (exports === undefined) return undefined;
  const kept = (exports.Socket as { [originalKey]?: BuiltinNet })[originalKey];
  if (kept !== undefined) return kept;
  return Object.assign(Object.create(exports) as BuiltinNet, optionsOf(exports, REPLACED));
}

/** Node's own net: our classes chain to its prototypes, so that `instanceof` holds for both. */
export const builtinNet = originalNet();

const util = builtin('util') as (Show & { getSystemErrorMap?: () => ReadonlyMap<number, readonly [string, string]> }) | undefined;
if (util !== undefined) showWith(util);

let numbers: ReadonlyMap<number, readonly [string, string]> | undefined;

/** The numbers that the system has for its errors. It takes a while to list them all: not before there is an error. */
export function systemErrors(): ReadonlyMap<number, readonly [string, string]> | undefined {
  return (numbers ??= util?.getSystemErrorMap?.());
}

/** How addresses of a name are tried in this process, where nothing else is said. Of a program that nobody can change: `race`. */
export const familySelection = environment('NETSTRATA_AUTO_SELECT_FAMILY');

export const isBun = runtimeProcess?.versions?.['bun'] !== undefined;

/**
 * Whether libuv, and with it the runtime's own net, knows `reusePort`: an older one takes it without a word. Bun names a libuv that it does
 * not have.
 */
export const knowsReusePort =
  builtinNet === undefined || isBun ||
  !/^1\.([1-3]?\d|4[0-8])\./.test(runtimeProcess?.versions?.['uv'] ?? '');

/** The version of Node; NaN elsewhere, unless the runtime says what it is compatible with. */
export const nodeMajor = Number.parseInt(runtimeProcess?.versions?.['node'] ?? '', 10);

/** Not loaded before a name is looked up. */
export function builtinDns(): BuiltinDns | undefined {
  return builtin('dns') as BuiltinDns | undefined;
}

/** The runtime's, read when it is used: programs replace it by their own resolvers. */
export const runtimeLookup: LookupFunction | undefined = nodeMajor > 0 || builtinDns() !== undefined
  ? (hostname, options, callback) => builtinDns()!.lookup(hostname, options, callback)
  : undefined;

export const isWindows = runtimeProcess?.platform === 'win32';
export const isLinux = runtimeProcess?.platform === 'linux';

export const builtinStream = builtin('stream') as BuiltinStream | undefined;

/** Node's default, which grew from 16 KiB (20) to 64 KiB (22), and which a program can set. */
export function defaultHighWaterMark(): number {
  return builtinStream?.getDefaultHighWaterMark?.(false) ?? 65536;
}

/** Whether `read()` gives the first chunk that waits, as from Node 26 on, or all that does. */
export const readsChunks = nodeMajor >= 26;

export function warn(text: string, type: string, code?: string): void {
  runtimeProcess?.emitWarning?.(text, type, code);
}
