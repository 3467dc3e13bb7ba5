export { closest } from './closest.js';
export { ConfigError, attemptAll } from './config-error.js';
export { parseDuration, type ListenAddress } from './grammar.js';
export { readNamed, readSecret } from './secret-files.js';
export { CONFIG_FILE, SETTINGS, flagOf, settingNames, type Setting, type SettingName, type Settings } from './settings.js';
export { readSettings, type Flags } from './sources.js';
export { flagSyntax, groups, helpOf, settingsOf, settingsTable } from './tables.js';
