import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tables, withTables } from '../../src/beside/table.mjs';

const text = readFileSync(new URL('../../../../docs/coming-from/beside-other-packages.md', import.meta.url), 'utf8');

it('docs/coming-from/beside-other-packages.md says what comes of it when it is tried', async () => {
  expect(text).toBe(withTables(text, await tables()));
});
