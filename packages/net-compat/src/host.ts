/**
 * What the runtime has to offer, asked for without importing it: this package also runs where there is no `node:` anything.
 * `process.getBuiltinModule` is there from Node 20.16 and 22.3 on.
 */

interface Host {
  readonly platform?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?(name: string): unknown;
  emitWarning?(text: string, type: string, code?: string): void;
}

const process = (globalThis as { process?: Host }).process;

export interface BuiltinNet {
  readonly Socket: { readonly prototype: object };
  readonly Server: { readonly prototype: object };
  readonly BlockList?: { isBlockList?(value: unknown): boolean };
  getDefaultAutoSelectFamily?(): boolean;
  getDefaultAutoSelectFamilyAttemptTimeout?(): number;
}

interface BuiltinStream {
  getDefaultHighWaterMark?(objectMode: boolean): number;
}

export interface LookupAddress {
  address: string;
  family: number;
}

export interface LookupOptions {
  family?: number | undefined;
  hints?: number | undefined;
  all?: boolean | undefined;
}

/** Resolves a host name: Node's `dns.lookup`, or anything of its shape. */
export type LookupFunction = (
  hostname: string,
  options: LookupOptions,
  callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
) => void;

interface DiagnosticsChannel {
  readonly hasSubscribers: boolean;
  publish(message: object): void;
}

interface Diagnostics {
  channel(name: string): DiagnosticsChannel;
}

interface BuiltinDns {
  readonly lookup: LookupFunction;
  readonly ADDRCONFIG: number;
  readonly V4MAPPED: number;
  readonly ALL: number;
}

function builtin(name: string): unknown {
  return process?.getBuiltinModule?.(name);
}

/** Node's own net: our classes chain to its prototypes, so that `instanceof` holds for both. */
export const builtinNet = builtin('net') as BuiltinNet | undefined;
export const builtinDns = builtin('dns') as BuiltinDns | undefined;

/** Where Node tells of client sockets (`diagnostics_channel`). */
export const clientSocketChannel = (builtin('diagnostics_channel') as Diagnostics | undefined)?.channel('net.client.socket');

export const isWindows = process?.platform === 'win32';

/** Node's default, which grew from 16 KiB (20) to 64 KiB (22). */
export const defaultHighWaterMark = (builtin('stream') as BuiltinStream | undefined)?.getDefaultHighWaterMark?.(false) ?? 65536;

export function warn(text: string, type: string): void {
  process?.emitWarning?.(text, type);
}

export function warnDeprecated(text: string, code: string): void {
  process?.emitWarning?.(text, 'DeprecationWarning', code);
}
