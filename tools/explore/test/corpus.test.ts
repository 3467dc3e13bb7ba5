import { expect, it } from 'vitest';
import { corpus } from '../src/corpus.js';
import { run } from '../src/run.js';
import { catchingAll } from '../src/uncaught.js';

for (const { title, found } of corpus) {
  it(`once went wrong: ${title}`, async () => {
    const { violations } = await catchingAll(() => run(found));
    expect(violations).toEqual([]);
  });
}
