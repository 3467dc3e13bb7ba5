import { strictEqual } from 'node:assert';
import { runner } from './runner.mjs';

const { describe, it } = runner;

describe('the demo', () => {
  it('moves every byte, and all its checks hold', async () => {
    await import('../examples/demo/dist/main.js');
    strictEqual(process.exitCode, 0);
  });
});
