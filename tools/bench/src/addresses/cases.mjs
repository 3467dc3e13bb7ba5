import { client } from './calls/client.mjs';
import { contains, match } from './calls/networks.mjs';
import { table } from './calls/tables.mjs';
import { format, parse } from './calls/texts.mjs';

/**
 * @typedef {object} Side one way to do it
 * @property {string | null} module what its process imports: ours, or a package of npm; null for nothing
 * @property {(module: any) => () => number} prepare a batch of COUNT calls, which returns a check: the same for all sides of a case
 */
/** @typedef {{ title: string, networks?: number, sides: Record<string, Side> }} Case `networks`: how many are held, if their memory is of interest */

/** What is compared. The first side is ours. @type {Record<string, Case>} */
export const cases = {
  'parse-4': { title: 'parse IPv4', sides: parse[4] },
  'parse-6': { title: 'parse IPv6', sides: parse[6] },
  'format-4': { title: 'format IPv4', sides: format[4] },
  'format-6': { title: 'format IPv6, RFC 5952', sides: format[6] },
  'contains-4': { title: 'a network holds an IPv4 address, as text', sides: contains(4) },
  'contains-6': { title: 'a network holds an IPv6 address, as text', sides: contains(6) },
  'match-4': { title: 'one of 100 networks holds an IPv4 address, as text', sides: match(4, 100) },
  'match-6': { title: 'one of 100 networks holds an IPv6 address, as text', sides: match(6, 100) },
  'table-4': { title: 'longest of 1,000 IPv4 networks, parsed address', sides: table(4, 1000, { trie: true, lists: true }) },
  'table-6': { title: 'longest of 1,000 IPv6 networks, parsed address', sides: table(6, 1000, { trie: true, lists: true }) },
  'million-4': { title: 'longest of 1,000,000 IPv4 networks, parsed address', networks: 1_000_000, sides: table(4, 1_000_000, { trie: true }) },
  'million-6': { title: 'longest of 1,000,000 IPv6 networks, parsed address', networks: 1_000_000, sides: table(6, 1_000_000) },
  client: { title: 'the client behind two proxies, X-Forwarded-For', sides: client },
};
