import { strictEqual } from 'node:assert';
import { once } from 'node:events';
import { duplexPair } from '@netstrata/stream-core';
import { runner } from './runner.mjs';

const { describe, it } = runner;

describe('stream-core', () => {
  it('carries bytes through a pair of streams, and their end', async () => {
    const [near, far] = duplexPair();
    far.pipe(far);
    const text = 'netstrata '.repeat(20_000);
    near.end(text);
    let received = '';
    near.setEncoding('latin1');
    for await (const chunk of near) received += chunk;
    strictEqual(received, text);
    if (!far.destroyed) await once(far, 'close');
  });
});
