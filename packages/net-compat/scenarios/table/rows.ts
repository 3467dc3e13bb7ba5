import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readReport, type Result } from '@netstrata/report';
import type { Medium } from '../support/medium.js';

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

/** The results that the jobs of the gate left in a folder, each called as it says where it was. */
export function resultsIn(folder: string): Result[] {
  const read = (name: string): Result[] => {
    const [, major, host] = /^scenarios-(\d+)(-host)?\.json$/.exec(name) ?? [];
    const results = major !== undefined || name === 'windows-scenarios.json' ? readReport(join(folder, name)) : [];
    return major === undefined ? results : results.map((result) => ({ ...result, name: `Node ${major}${host === undefined ? '' : ', host driver'}: conformance > ${result.name}` }));
  };
  return readdirSync(folder).flatMap(read);
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
