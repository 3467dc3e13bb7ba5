import { invalidArgType, invalidArgValue } from '@netstrata/stream-core';
import { isName } from '../wire/names.js';

/** Whether a name may be dialled. */
export type HostRules = (host: string) => boolean;

/** As names are compared: in lower case, without the dot of the root. */
const plainName = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** Names, `*.name` for all names below one, `*` for all. Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE. */
export function hostRulesOf(given: readonly string[]): HostRules {
  if (!Array.isArray(given)) throw invalidArgType('options.hosts', 'an instance of Array', given);
  const names = new Set<string>();
  const endings: string[] = [];
  Array.from(given as readonly unknown[]).forEach((rule, at) => {
    const name = typeof rule === 'string' ? plainName(rule) : '';
    if (name === '*') endings.push('');
    else if (name.startsWith('*.') && isName(name.slice(2))) endings.push(name.slice(1));
    else if (isName(name)) names.add(name);
    else throw invalidArgValue(`options.hosts[${at}]`, rule, 'must be a name, *.name or *');
  });
  return (host) => {
    const name = plainName(host);
    return names.has(name) || endings.some((ending) => name.endsWith(ending) && name.length > ending.length);
  };
}
