import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { settingsTable } from '../../src/config/index.js';
import { EXIT, exitCodeOf } from '../../src/cli/exit-codes.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

it('the README has the table of settings that the program has', () => {
  const [, table] = /<!-- settings -->\n\n(.*?)\n\n/s.exec(readme) ?? [];
  expect(table).toBe(settingsTable());
});

it('the README has the exit codes of the program', () => {
  const codes = [...readme.matchAll(/^\| `(\d+)` \|/gm)].map(([, code]) => Number(code));
  expect(codes).toEqual([EXIT.ok, EXIT.failure, EXIT.usage, exitCodeOf('SIGINT'), exitCodeOf('SIGTERM')]);
});
