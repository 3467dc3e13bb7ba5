import { describe, it } from 'vitest';
import notRun from './not-run.json' with { type: 'json' };
import { blocks, type Block } from './support/blocks.js';
import { run } from './support/run.js';

const listed = ({ file, code }: Block) => notRun.find((one) => one.file === file && code.includes(one.contains));

describe('an example in a document', () => {
  for (const block of blocks.filter((one) => !listed(one))) {
    it.concurrent(`runs and prints what it says: ${block.file}:${block.line}`, async ({ expect }) => {
      const outcome = await run(block);
      expect(outcome).toEqual({ code: 0, output: outcome.output });
      for (const line of block.prints) expect(outcome.output.split('\n')).toContain(line);
    });
  }
});

describe('an example that is not run', () => {
  for (const { file, contains, reason } of notRun) {
    it.concurrent(`would fail: ${file}, ${reason}`, async ({ expect }) => {
      const block = blocks.find((one) => one.file === file && one.code.includes(contains));
      expect(block, 'it is in the document no longer').toBeDefined();
      expect((await run(block!)).code).not.toBe(0);
    });
  }
});
