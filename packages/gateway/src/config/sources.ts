import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { closest } from './closest.js';
import { ConfigError } from './config-error.js';
import { file as fileKind } from './grammar.js';
import { whyNot } from './secret-files.js';
import {
  CONFIG_FILE, PREFIX, SETTINGS, flagOf, settingNames, variableOf, type Setting, type SettingName, type Settings,
} from './settings.js';

/** Texts that were given for settings, by their names, and the place of each, as an error names it. */
interface Source {
  readonly place: (name: SettingName) => string;
  readonly values: ReadonlyMap<SettingName, unknown>;
  /** Where relative paths begin. */
  readonly folder: string;
}

/** What the command line has: texts by settings' names, lists of them, true. */
export type Flags = Readonly<Partial<Record<SettingName | 'config', string | boolean | readonly string[]>>>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Nobody writes so much by hand. */
const LARGEST = 1024 * 1024;

/** What Kubernetes sets in every container beside a service of the name `netstrata-gateway`. */
const KUBERNETES = /^(SERVICE_(HOST|PORT(_.*)?)|PORT(_.*)?)$/;

/**
 * All settings: flags before variables before the file before defaults. Throws ConfigError with everything that is wrong, each with its
 * place and with what is allowed there.
 */
export function readSettings(flags: Flags, env: Environment, cwd = process.cwd()): Settings {
  const problems: string[] = [];
  const path = flags.config ?? env[CONFIG_FILE.variable];
  const sources = [fromFlags(flags, cwd), fromEnvironment(env, cwd, problems)];
  if (typeof path === 'string' && path !== '') sources.push(fromFile(resolve(cwd, path), path, problems));
  const settings: Partial<Record<SettingName, unknown>> = {};
  for (const name of settingNames) settings[name] = valueOf(name, sources, problems);
  problems.push(...together(settings as Settings));
  if (problems.length > 0) throw new ConfigError(problems);
  return settings as Settings;
}

function fromFlags(flags: Flags, folder: string): Source {
  const given = settingNames.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]] as const);
  return { place: flagOf, values: new Map<SettingName, unknown>(given), folder };
}

function fromEnvironment(env: Environment, folder: string, problems: string[]): Source {
  const known = new Map(settingNames.map((name) => [variableOf(name), name]));
  const values = new Map<SettingName, unknown>();
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(PREFIX) || variable === CONFIG_FILE.variable || value === undefined || value === '') continue;
    const name = known.get(variable);
    if (name === undefined) {
      if (!KUBERNETES.test(variable.slice(PREFIX.length))) problems.push(unknown(variable, known.keys()));
    } else values.set(name, isMany(name) ? value.split(/[,\n]/).map((part) => part.trim()).filter((part) => part !== '') : value);
  }
  return { place: variableOf, values, folder };
}

function fromFile(path: string, shown: string, problems: string[]): Source {
  const values = new Map<SettingName, unknown>();
  for (const [key, value] of Object.entries(parsed(path, shown, problems))) {
    if (key === '$schema' || value === null) continue;
    if ((settingNames as readonly string[]).includes(key)) values.set(key as SettingName, value);
    else problems.push(unknown(`${shown}: ${key.slice(0, 64)}`, settingNames, key));
  }
  return { place: (name) => `${shown}: ${name}`, values, folder: dirname(path) };
}

function parsed(path: string, shown: string, problems: string[]): object {
  try {
    if (statSync(path).size > LARGEST) throw new Error('it is larger than 1 MiB');
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw new Error('it has to be an object');
  } catch (error) {
    problems.push(`${shown}: cannot be read as JSON: ${whyNot(error)}`);
    return {};
  }
}

function unknown(place: string, known: Iterable<string>, name = place): string {
  const meant = closest(name, known);
  return `${place}: there is no such setting${meant === null ? '' : `. Did you mean ${meant}?`}`;
}

const isMany = (name: SettingName): boolean => (SETTINGS[name] as Setting).many === true;

function valueOf(name: SettingName, sources: readonly Source[], problems: string[]): unknown {
  const setting = SETTINGS[name] as Setting;
  const source = sources.find(({ values }) => values.has(name));
  if (source === undefined) return setting.default === undefined ? (setting.many ? [] : undefined) : setting.kind.parse(setting.default);
  const given = source.values.get(name);
  const check = (value: unknown) => {
    const found = read(setting, value);
    if (found === null) problems.push(`${source.place(name)}: ${shownOf(value)} is not ${setting.kind.allowed}`);
    return setting.kind === fileKind && typeof found === 'string' ? resolve(source.folder, found) : found;
  };
  if (!setting.many) return check(given);
  return (Array.isArray(given) ? (given as readonly unknown[]) : [given]).map(check);
}

/** In JSON numbers are numbers where no unit is needed, and yes and no are true and false; everything else is text. */
function read({ kind }: Setting, value: unknown): unknown {
  if (typeof value === 'string') return kind.parse(value);
  return typeof value === kind.json ? kind.parse(String(value)) : null;
}

const shownOf = (value: unknown): string => JSON.stringify(value)?.slice(0, 80) ?? 'undefined';

/** What no setting shows by itself. */
function together(settings: Settings): string[] {
  const signed = settings.tokenKeyFile.length + settings.tokenSecretFile.length > 0;
  const pair = (settings.tlsCert === undefined) !== (settings.tlsKey === undefined);
  const lonely = (['tokenAudience', 'tokenIssuer'] as const).filter((name) => settings[name] !== undefined && !signed);
  return [
    ...(pair ? [`${flagOf('tlsCert')} and ${flagOf('tlsKey')} belong together: only one of them is given`] : []),
    ...lonely.map((name) => `${flagOf(name)} is for signed tokens: give ${flagOf('tokenKeyFile')} or ${flagOf('tokenSecretFile')}, too`),
  ];
}
