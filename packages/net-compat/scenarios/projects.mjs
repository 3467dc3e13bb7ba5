import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from '@netstrata/config/vitest';

/** Where it is kept when it is to outlive this run. */
const kept = process.env.NETSTRATA_RECORDS;
/** What the builtin was seen to do, for the processes that compare net-compat with it. */
const CONFORMANCE_RECORDS = kept ?? mkdtempSync(join(tmpdir(), 'netstrata-conformance-'));
if (kept === undefined) {
  process.once('exit', () => {
    rmSync(CONFORMANCE_RECORDS, { recursive: true, force: true });
  });
}

/** Handles, descriptors and what arguments are refused: nothing that a transport has a part in. */
const OF_HANDLES = ['socket-descriptor', 'socket-handle', 'socket-handle-replaced', 'server-class', 'server-arguments', 'arguments-of-*'].map((name) => `${name}.test.ts`);

/** A run of every file in one process. The sides run one after the other: what the builtin was seen to do is what the others are compared with. */
const side = (name, groupOrder, env, more = {}) => ({
  ...suite({ name: `scenarios ${name}`, include: ['*.test.ts'], env: { ...env, CONFORMANCE_RECORDS }, sequence: { groupOrder }, ...more }),
  root: fileURLToPath(new URL('.', import.meta.url)),
});

const wasSeen = kept !== undefined && existsSync(join(kept, 'complete'));
if (kept !== undefined && !wasSeen) {
  mkdirSync(kept, { recursive: true });
  // Of a run that was not complete.
  rmSync(join(kept, 'builtin.jsonl'), { force: true });
}
const sides = [
  ...(wasSeen ? [] : [side('builtin', 0, { CONFORMANCE_SIDE: 'builtin' }, { include: ['*.test.ts', 'support/*.test.ts'] })]),
  side('compat', 1, { CONFORMANCE_SIDE: 'compat' }),
];
const inMemory = side('memory', 2, { CONFORMANCE_SIDE: 'compat', CONFORMANCE_NETWORK: 'memory' }, { exclude: OF_HANDLES });
/** What the scenarios see where there is no net: it must not be what the builtin showed them. */
const withoutNet = side('none', 3, { CONFORMANCE_SIDE: 'none' });

const major = Number(process.versions.node.split('.')[0]);

/** What carries the bytes below has no part in it, and what differs between Nodes the sides have shown. */
const runsAll = process.env.NETSTRATA_DRIVER !== 'host' && (major === 26 || (major === 20 && process.env.NETSTRATA_QUICK !== '1'));

/** In the root they are among all other suites. */
export const scenarios = runsAll ? [...sides, inMemory, withoutNet] : sides;
