import * as kinds from './grammar.js';
import type { Kind } from './grammar.js';

/** One setting: the flag, the variable and the key in a file are made of its name. */
export interface Setting<T = unknown> {
  readonly kind: Kind<T>;
  /** What it is for, as `--help` and the README say it. */
  readonly help: string;
  /** As text, as a user would write it. */
  readonly default?: string;
  /** Given any number of times; in a file it is a list, in a variable it has commas. */
  readonly many?: true;
  readonly group: Group;
}

export type Group = 'Listening' | 'Destinations' | 'Clients' | 'Limits' | 'Running';

function one<T>(group: Group, kind: Kind<T>, help: string): { group: Group; kind: Kind<T>; help: string };
function one<T>(group: Group, kind: Kind<T>, help: string, preset: string): { group: Group; kind: Kind<T>; help: string; default: string };
function one<T>(group: Group, kind: Kind<T>, help: string, preset?: string): Setting<T> {
  return { group, kind, help, ...(preset === undefined ? {} : { default: preset }) };
}
const many = <T>(group: Group, kind: Kind<T>, help: string) => ({ group, kind, help, many: true as const });

/** The one table: flags, variables, keys of files, `--help` and the README's table come from it. */
export const SETTINGS = {
  listen: one('Listening', kinds.listen, 'where WebSockets are accepted', '127.0.0.1:8080'),
  path: one('Listening', kinds.path, 'path of the URL that clients connect to', '/'),
  tlsCert: one('Listening', kinds.file, 'certificate chain (PEM): makes it wss. Read again on SIGHUP'),
  tlsKey: one('Listening', kinds.file, 'private key of the certificate (PEM). Read again on SIGHUP'),
  metricsListen: one('Listening', kinds.listen, 'where /metrics is served, to whoever can reach it; nowhere if not given'),
  trust: many('Listening', kinds.rule, 'a reverse proxy that is believed whom it forwards for: address, CIDR or class'),
  trustHeader: one('Listening', kinds.forwarding, 'the header in which it says so: x-forwarded-for or forwarded', 'x-forwarded-for'),

  allow: many('Destinations', kinds.rule, 'a destination that clients may dial; none if not given'),
  deny: many('Destinations', kinds.rule, 'a destination that nobody may dial, whatever is allowed'),
  allowListen: many('Destinations', kinds.rule, 'an address and ports that clients may listen on; none if not given'),
  tlsTo: many('Destinations', kinds.rule, 'name:port that the gateway itself speaks TLS with, for pages that have none'),
  tlsToCa: one('Destinations', kinds.file, "certificates (PEM) that are trusted there, in place of the runtime's"),

  origin: many('Clients', kinds.origin, "an origin whose pages may connect; the gateway's own host if not given"),
  tokenKeyFile: many('Clients', kinds.file, 'public key (JWK, JWK set or PEM) of EdDSA tokens. Read again on SIGHUP'),
  tokenSecretFile: many('Clients', kinds.file, 'secret of HS256 tokens, 32 bytes at least. Read again on SIGHUP'),
  tokenFile: many('Clients', kinds.file, 'fixed tokens, one a line: `name token`. Read again on SIGHUP'),
  tokenAudience: one('Clients', kinds.text, 'signed tokens have to be for this audience (`aud`)'),
  tokenIssuer: one('Clients', kinds.text, 'signed tokens have to come from this issuer (`iss`)'),
  openToEveryone: one('Clients', kinds.yes, 'no tokens, though others than this machine can reach the gateway'),

  maxCarriers: one('Limits', kinds.count, 'WebSockets at a time', '1024'),
  maxStreams: one('Limits', kinds.count, 'streams at a time', '16384'),
  clientCarriers: one('Limits', kinds.count, 'WebSockets of one client at a time', '16'),
  clientStreams: one('Limits', kinds.count, 'streams of one client at a time', '1024'),
  clientRate: one('Limits', kinds.rate, 'bytes in a second of one client, both directions together; as many as there are if not given'),
  streamIdle: one('Limits', kinds.duration, 'a stream without a byte for so long is reset; never if not given'),
  carrierIdle: one('Limits', kinds.duration, 'a WebSocket without streams for so long is ended', '10m'),
  dialTimeout: one('Limits', kinds.duration, 'for looking up a name and connecting', '20s'),
  tokenFarewell: one('Limits', kinds.duration, 'how long streams may go on after their token has expired', '30s'),
  window: one('Limits', kinds.window, 'bytes that a stream may have on its way to the gateway', '256KiB'),

  keepAlive: one('Running', kinds.duration, 'time between two pings of a WebSocket', '30s'),
  grace: one('Running', kinds.duration, 'how long streams may go on after SIGTERM', '30s'),
  logLevel: one('Running', kinds.level, 'the least that is logged: fatal, error, warn, info, debug, silent', 'info'),
} satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
type ValueOf<S> = S extends { readonly kind: Kind<infer T> } ? T : never;

/** All settings, checked: lists may be empty, what has no default may be undefined. */
export type Settings = { readonly [K in SettingName]: SettingValue<(typeof SETTINGS)[K]> };
type SettingValue<S> = S extends { readonly many: true }
  ? readonly ValueOf<S>[]
  : S extends { readonly default: string } ? ValueOf<S> : ValueOf<S> | undefined;

export const settingNames = Object.keys(SETTINGS) as readonly SettingName[];

/** Two names that are for flags and variables alone. */
export const CONFIG_FILE = { flag: '--config', variable: 'NETSTRATA_GATEWAY_CONFIG' } as const;

export const PREFIX = 'NETSTRATA_GATEWAY_';

const hyphened = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const flagOf = (name: string): string => `--${hyphened(name)}`;
export const variableOf = (name: string): string => `${PREFIX}${hyphened(name).replaceAll('-', '_').toUpperCase()}`;
