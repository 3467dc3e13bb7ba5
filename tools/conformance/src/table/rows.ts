import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readReport, type Result } from '@netstrata/report';
import type { Medium } from '../medium.js';

/** What came of the scenarios in one place, with one driver, over one transport. */
export interface Row {
  /** `Node 20`, `Windows`. */
  readonly where: string;
  readonly driver: 'libuv' | 'host';
  readonly medium: Medium;
  scenarios: number;
  /** Compared with what a newer Node was recorded to do, this one's builtin being older. */
  recorded: number;
  /** Known to differ. */
  known: number;
  /** Failed, which the step that ran them tells of: such a row says nothing. */
  failed: number;
}

/** A test that is known not to pass in one place: an entry of tools/runtimes/known.json. */
export interface KnownFailure {
  readonly where: string;
  readonly suite: string;
  readonly driver?: 'default' | 'host';
  readonly test: string;
  readonly reason: string;
}

const ours = /^(?<where>.+?)(?<host>, host driver)?: conformance > (?<title>.*)$/;
const title = / over (?<medium>tcp4|tcp6|ipc)(?<recorded>, as recorded)?(?<known>, known to differ)?$/;

/** The results that the steps of the gate, or `runtimes conformance`, left in a folder, each called as the matrix calls it. */
export function resultsIn(folder: string, major: string): Result[] {
  const read = (name: string): Result[] => (existsSync(join(folder, name)) ? readReport(join(folder, name)) : []);
  const here = (name: string, label: string): Result[] => read(name).map((result) => ({ ...result, name: `Node ${major}${label}: conformance > ${result.name}` }));
  return [...here('conformance.default.json', ''), ...here('conformance.host.json', ', host driver'), ...['runtimes.json', 'windows.json', 'conformance-everywhere.json'].flatMap(read)];
}

export function rowsOf(results: readonly Result[], known: readonly KnownFailure[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { name, status } of results) {
    const place = ours.exec(name)?.groups;
    const what = title.exec(place?.['title'] ?? '')?.groups;
    if (place === undefined || what === undefined) continue;
    const where = place['where'];
    const driver = place['host'] === undefined ? 'libuv' : 'host';
    const medium = what['medium'] as Medium;
    const key = `${where} ${driver} ${medium}`;
    let row = rows.get(key);
    if (row === undefined) rows.set(key, (row = { where, driver, medium, scenarios: 0, recorded: 0, known: 0, failed: 0 }));
    row.scenarios += 1;
    if (status === 'failed') row.failed += 1;
    if (what['recorded'] !== undefined) row.recorded += 1;
    if (what['known'] !== undefined || known.some((one) => concerns(one, where, driver) && name.endsWith(one.test))) row.known += 1;
  }
  return [...rows.values()];
}

function concerns(one: KnownFailure, where: string, driver: Row['driver']): boolean {
  return one.suite === 'conformance' && where.startsWith(one.where) && (one.driver === undefined || (one.driver === 'host') === (driver === 'host'));
}
