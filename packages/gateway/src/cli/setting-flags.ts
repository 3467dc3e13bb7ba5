import { Option, type Command } from 'commander';
import {
  CONFIG_FILE, flagSyntax, groups, helpOf, readSettings, settingNames, settingsOf, SETTINGS, type Flags, type Setting, type Settings,
} from '../config/index.js';

/** Columns of the flags in `--help`. */
const WIDTH = 34;

const line = (flag: string, help: string): string => `  ${flag.padEnd(WIDTH)}${flag.length >= WIDTH ? '  ' : ''}${help}`;

/** What `--help` says of all settings, by groups. */
export const settingsHelp = [
  ...groups.flatMap((group) => ['', `${group}:`, ...settingsOf(group).map((name) => line(flagSyntax(name), helpOf(name)))]),
  '',
  'Configuration:',
  line(`${CONFIG_FILE.flag} <file>`, 'a file of JSON with settings by their names: {"allow": ["db.internal:5432"]}'),
  '',
  'Every setting is a variable, too: NETSTRATA_GATEWAY_MAX_STREAMS is --max-streams. Lists have commas there.',
  'Flags come before variables, variables before the file.',
  '',
  'Destinations: 10.0.0.5:5432, 10.0.0.0/8:5432, [2001:db8::5]:443, db.internal:5432=10.0.0.0/8, *.example.com:443.',
].join('\n');

const collected = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

/** Gives a command a flag for every setting. */
export function withSettings(command: Command): Command {
  command.addOption(new Option(`${CONFIG_FILE.flag} <file>`).hideHelp());
  for (const name of settingNames) {
    const option = new Option(flagSyntax(name)).hideHelp();
    command.addOption((SETTINGS[name] as Setting).many ? option.argParser<readonly string[]>(collected) : option);
  }
  return command.addHelpText('after', settingsHelp);
}

/** The settings that a command was called with. Throws ConfigError. */
export const settingsGiven = (command: Command, env: NodeJS.ProcessEnv): Settings => readSettings(command.opts<Flags>(), env);
