import { CONFIG_FILE, SETTINGS, flagOf, settingNames, variableOf, type Group, type Setting, type SettingName } from './settings.js';

export const groups: readonly Group[] = ['Listening', 'Destinations', 'Clients', 'Limits', 'Running'];

export const settingsOf = (group: Group): readonly SettingName[] => settingNames.filter((name) => SETTINGS[name].group === group);

/** `--allow <rule...>`, as commander takes it. */
export function flagSyntax(name: SettingName): string {
  const { kind } = SETTINGS[name] as Setting;
  return kind.placeholder === '' ? flagOf(name) : `${flagOf(name)} <${kind.placeholder}>`;
}

/** What `--help` says of a setting behind its flag. */
export function helpOf(name: SettingName): string {
  const { help, many, default: preset } = SETTINGS[name] as Setting;
  return `${help}${many ? ' (may be repeated)' : ''}${preset === undefined ? '' : ` (default: ${preset})`}`;
}

/** The table of the README: a test holds it to this. */
export function settingsTable(): string {
  const row = (name: SettingName): string => {
    const { help, many, default: preset } = SETTINGS[name] as Setting;
    const value = preset === undefined ? '' : `\`${preset}\``;
    return `| \`${flagSyntax(name)}\`${many ? ' ...' : ''} | \`${variableOf(name)}\` | \`${name}\` | ${value} | ${help} |`;
  };
  return [
    '| flag | variable | key in the file | default | |',
    '|---|---|---|---|---|',
    `| \`${CONFIG_FILE.flag} <file>\` | \`${CONFIG_FILE.variable}\` | | | the file |`,
    ...groups.flatMap((group) => settingsOf(group).map(row)),
  ].join('\n');
}
