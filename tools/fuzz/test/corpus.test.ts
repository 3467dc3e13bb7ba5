import { expect, it } from 'vitest';
import { compare } from '../src/compare.js';
import { corpus } from '../src/corpus.js';
import { catchingAll } from '../src/uncaught.js';

for (const { title, program } of corpus) {
  it(`once differed: ${title}`, async () => {
    const verdict = await catchingAll(() => compare(program));
    if (verdict.kind === 'different') expect(verdict.ours).toBe(verdict.builtin);
    expect(verdict.kind, 'The builtin does not do the same each time').toBe('same');
  });
}
