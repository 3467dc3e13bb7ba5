import type { KnownDifference } from '../support/known-differences.js';
import type { KnownFailure, Row } from './rows.js';

const HEAD = `# Conformance

<!-- Written by \`npm run conformance\`. Do not edit: \`npm test\` compares it with what really ran. -->

Every scenario of [packages/net-compat/scenarios](../packages/net-compat/scenarios/README.md) runs on the builtin \`net\` in one process and on
\`@netstrata/net-compat\` in another; both must record the same, word for word. *As recorded*: behaviour of Node 26 that this
Node's builtin does not have yet is compared with records of Node 26.

| where | driver | over | scenarios | the same | of these as recorded | known differences |
|---|---|---|--:|--:|--:|--:|
`;

const TRANSPORTS = { tcp4: 'TCP, IPv4', tcp6: 'TCP, IPv6', ipc: 'a UNIX socket' } as const;

/** The cells that say which row it is. */
function keyOf({ where, driver, medium }: Row): string {
  const over = medium === 'ipc' && where === 'Windows' ? 'a named pipe' : TRANSPORTS[medium];
  return `| ${where} | ${driver} | ${over} |`;
}

function lineOf(row: Row): string {
  const { scenarios, recorded, known } = row;
  return `${keyOf(row)} ${scenarios} | ${scenarios - known} | ${recorded} | ${known} |`;
}

/** The rows that a document has, by what they are about. */
function linesIn(text: string): Map<string, string> {
  const lines = text.split('\n').filter((line) => /^\| (Node|Windows)/.test(line));
  return new Map(lines.map((line) => [line.split(' | ').slice(0, 3).join(' | ') + ' |', line]));
}

const RANK = ['libuv', 'host', 'TCP, IPv4', 'TCP, IPv6'];
const rank = (cell: string): number => (RANK.includes(cell) ? RANK.indexOf(cell) : RANK.length);

function inOrder(one: string, other: string): number {
  const [a, b] = [one, other].map((line) => line.slice(2).split(' | '));
  return a[0].localeCompare(b[0]) || rank(a[1]) - rank(b[1]) || rank(a[2]) - rank(b[2]);
}

function placeOf({ media, driver, nodes, platform }: KnownDifference): string {
  const parts = [media?.map((medium) => TRANSPORTS[medium]).join(' and '), driver && `the ${driver} driver`, nodes && `Node ${nodes.join(', ')}`, platform];
  return parts.filter(Boolean).join('; ') || 'everywhere';
}

/** What is known to differ, and what wine does otherwise. */
export function listOf(differences: readonly KnownDifference[], failures: readonly KnownFailure[]): string {
  const ofWine = failures.filter(({ suite }) => suite.startsWith('conformance'));
  return [
    '', '## Known differences', '',
    ...differences.map((one) => `- *${one.scenario}* (${placeOf(one)}): ${one.reason}`),
    ...(ofWine.length === 0 ? [] : ['', '## Where wine is not Windows', '', ...ofWine.map(({ test, driver, reason }) => `- *${test}*${driver ? ` (${driver} driver)` : ''}: ${reason}`)]),
    '',
  ].join('\n');
}

/** The document with these rows; what it had of other places stays. */
export function write(old: string, rows: readonly Row[], list: string): string {
  const lines = linesIn(old);
  for (const row of rows) lines.set(keyOf(row), lineOf(row));
  return `${HEAD}${[...lines.values()].sort(inOrder).join('\n')}\n${list}`;
}

/** What the document says otherwise than these rows and this list. Rows of what has not run are not looked at. */
export function problems(text: string, rows: readonly Row[], list: string): string[] {
  if (rows.length === 0) return ['there are no results of scenarios to compare it with'];
  const lines = linesIn(text);
  const wrong = rows.filter((row) => row.failed === 0 && lines.get(keyOf(row)) !== lineOf(row)).map((row) => `it should say: ${lineOf(row)}\n  and says: ${lines.get(keyOf(row)) ?? 'nothing of it'}`);
  return text.endsWith(list) ? wrong : [...wrong, 'its list of known differences is not what stands in the code'];
}
