import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from '@netstrata/config/vitest';

// What the builtin was seen to do, for the processes that compare net-compat with it.
const CONFORMANCE_RECORDS = mkdtempSync(join(tmpdir(), 'netstrata-conformance-'));
process.once('exit', () => {
  rmSync(CONFORMANCE_RECORDS, { recursive: true, force: true });
});

/** Handles, descriptors and what arguments are refused: nothing that a transport has a part in. */
const OF_HANDLES = ['socket-descriptor', 'socket-handle', 'server-class', 'server-arguments', 'arguments-of-*', 'table'].map((name) => `test/${name}.test.ts`);

/** Every file runs in one process on the builtin, and when all have, in another on net-compat. */
const sides = (['builtin', 'compat'] as const).map((name, groupOrder) => ({
  extends: true as const,
  test: { name, env: { CONFORMANCE_SIDE: name, CONFORMANCE_RECORDS }, sequence: { groupOrder } },
}));

const inMemory = {
  extends: true as const,
  test: { name: 'memory', exclude: OF_HANDLES, env: { CONFORMANCE_SIDE: 'compat', CONFORMANCE_NETWORK: 'memory', CONFORMANCE_RECORDS }, sequence: { groupOrder: 2 } },
};

/** What carries the bytes below has no part in it, and between the oldest and the newest Node nothing is new. */
const runsInMemory = process.env.NETSTRATA_DRIVER !== 'host' && !['22', '24'].includes(process.versions.node.split('.')[0]);

// The files of a side share their processes: what takes long is to start and to load.
export default suite({ projects: runsInMemory ? [...sides, inMemory] : sides, isolate: false });
