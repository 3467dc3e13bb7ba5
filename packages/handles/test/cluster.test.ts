import { freshPath } from '@netstrata/config/fresh-path';
import { describe, expect, it } from 'vitest';
import { run } from './support/run.js';

const play = async (what: string, policy: string): Promise<Record<string, unknown>> =>
  JSON.parse(await run('cluster', [what, freshPath()], { NETSTRATA_DRIVER: process.env['NETSTRATA_DRIVER'], NODE_CLUSTER_SCHED_POLICY: policy })) as Record<string, unknown>;

for (const policy of ['rr', 'none']) {
  describe(`workers of a cluster, ${policy === 'rr' ? 'in turn' : 'on a handle of all'}`, () => {
    it.each(['port', 'path', 'descriptor'])('share a %s', async (what) => {
      const { same, counts } = await play(what, policy);
      expect(same).toBe(true);
      // Which of them accepts is the kernel's choice on a handle of all.
      if (policy === 'rr') expect(counts).toEqual([4, 4]);
      else expect((counts as number[]).reduce((sum, count) => sum + count)).toBe(8);
    });

    it('hear that a port is taken', async () => {
      expect(await play('taken', policy)).toEqual({ same: true, counts: [], error: { code: 'EADDRINUSE', syscall: 'bind', address: '127.0.0.1', port: 1 } });
    });
  });
}
