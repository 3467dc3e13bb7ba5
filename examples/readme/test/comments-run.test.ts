import { describe, expect, it } from 'vitest';
import { commentBlocks } from './support/blocks.js';
import { run } from './support/run.js';

describe('an example in a comment', () => {
  for (const block of commentBlocks) {
    it.concurrent(`runs and prints what it says: ${block.file}:${block.line}`, async ({ expect }) => {
      const outcome = await run(block);
      expect(outcome).toEqual({ code: 0, output: outcome.output });
      for (const line of block.prints) expect(outcome.output.split('\n')).toContain(line);
    });
  }
});

it('says what it prints', () => {
  expect(commentBlocks.filter(({ prints }) => prints.length === 0).map(({ file, line }) => `${file}:${line}`)).toEqual([]);
});
