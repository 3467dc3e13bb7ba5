import { expect, it } from 'vitest';
import { run } from './support/run.js';

for (const driver of ['default', 'host']) {
  it(`no way of closing or failing leaves a handle or a descriptor behind, ${driver} driver`, async () => {
    const left = JSON.parse(await run('open-and-close', [driver, '5'], { NETSTRATA_DRIVER: undefined })) as Record<string, number[]>;
    expect(Object.keys(left).length).toBeGreaterThan(10);
    for (const [way, count] of Object.entries(left)) expect(count, way).toEqual([0, 0]);
  });
}
