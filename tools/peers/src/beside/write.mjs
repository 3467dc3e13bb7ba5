// node tools/peers/src/beside/write.mjs: writes the tables of docs/coming-from/beside-other-packages.md anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { tables, withTables } from './table.mjs';

const file = new URL('../../../../docs/coming-from/beside-other-packages.md', import.meta.url);
writeFileSync(file, withTables(readFileSync(file, 'utf8'), await tables()));
process.exit();
