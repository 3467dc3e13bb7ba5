import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Child } from '../support/child.js';
import { freshPath } from '@netstrata/config/fresh-path';

type Policy = 'rr' | 'none';

/** What a cluster whose workers use `net` does in a scenario of fixtures/cluster-primary.mjs. */
async function play(net: 'builtin' | 'compat', scenario: string, policy: Policy): Promise<unknown> {
  const primary = new Child('cluster-primary', [net, scenario, freshPath()], { NODE_CLUSTER_SCHED_POLICY: policy });
  try {
    return await primary.message();
  } finally {
    await primary.stop();
  }
}

/** Workers listen on a descriptor that is open in their primary. */
async function descriptor(policy: Policy): Promise<void> {
  for (const net of ['builtin', 'compat']) {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const { fd } = (holder as unknown as { _handle: { fd: number } })._handle;
    const primary = new Child('cluster-primary', [net, 'descriptor', String(port)], { NODE_CLUSTER_SCHED_POLICY: policy }, [fd]);
    holder.close();
    try {
      expect(await primary.message()).toEqual({ early: false, same: true, counts: [3] });
    } finally {
      await primary.stop();
    }
  }
}

const hidePath = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll(/"[^"]*\.sock"/g, '"<path>"'));

/** The same with workers on both nets. */
async function same(scenario: string, policy: Policy): Promise<unknown> {
  const [wanted, observed] = await Promise.all([play('builtin', scenario, policy), play('compat', scenario, policy)]);
  expect(hidePath(observed)).toEqual(hidePath(wanted));
  return observed;
}

describe('workers in turn (round robin)', () => {
  it('share a port', async () => {
    expect(await same('shareOnePort', 'rr')).toMatchObject({ counts: [10, 10], left: [6] });
  });

  it.skipIf(process.platform === 'win32')('share a path', async () => {
    expect(await same('path', 'rr')).toMatchObject({ counts: [6, 6], left: [4] });
  });

  it('share a descriptor of the primary', () => descriptor('rr'));

  it('leave connections to another worker when they are full', async () => {
    expect(await same('fullWorkers', 'rr')).toEqual([[1, 5], false]);
  });
});

// Node's cluster knows the property from 22 on.
it.skipIf(Number.parseInt(process.versions.node, 10) < 22)('a worker that is full closes connections when dropMaxConnection says so', async () => {
  expect(await same('dropsWhenFull', 'rr')).toEqual({ count: 1 });
});

describe('workers that accept on a shared handle (SCHED_NONE)', () => {
  it('share a port', async () => {
    // Which of them accepts is the kernel's choice.
    const [wanted, observed] = (await Promise.all([play('builtin', 'shareOnePort', 'none'), play('compat', 'shareOnePort', 'none')])) as {
      said: unknown;
      counts: number[];
      left: number[];
    }[];
    expect(observed.said).toEqual(wanted.said);
    expect(observed.counts.reduce((sum, count) => sum + count)).toBe(20);
    expect(observed.left).toEqual([6]);
  });

  it('share a descriptor of the primary', () => descriptor('none'));
});

for (const policy of ['rr', 'none'] as const) {
  describe(`a worker, policy ${policy}`, () => {
    it('does not share a port that is exclusive', async () => {
      expect(await same('exclusive', policy)).toMatchObject({ error: { code: 'EADDRINUSE' }, counts: [4] });
    });

    it('tells why the primary could not listen', async () => {
      expect(await same('taken', policy)).toMatchObject([{ code: 'EADDRINUSE' }, { code: 'EADDRINUSE' }, { code: 'EACCES' }]);
    });

    it('that disconnects closes its servers and waits for their connections', async () => {
      expect(await same('disconnectWaits', policy)).toEqual({ order: ['count 1', 'the client ends', 'disconnect', 'exit 0 null'], voluntary: true });
    });

    it('can close before the primary has answered, and listen again', async () => {
      expect(await same('closeAtOnce', policy)).toMatchObject({ answers: true });
    });

    it('ends when its server is unreferenced', async () => {
      expect(await same('unref', policy)).toEqual([0, null]);
    });
  });
}
