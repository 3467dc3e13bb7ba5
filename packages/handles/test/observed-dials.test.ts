import { PerformanceObserver } from 'node:perf_hooks';
import type { InetEndpoint } from '@netstrata/transport';
import { expect, it } from 'vitest';
import { dialled, listening, loopback } from './support/heard.js';
import { DRIVERS } from './support/transports.js';

interface Entry {
  readonly detail: { readonly host: string; readonly port: number };
}

for (const [name, driver] of Object.entries(DRIVERS)) {
  for (const family of ['IPv4', 'IPv6'] as const) {
    it(`observers of perf_hooks are told of a connection that was made, and of no other, over ${family}, ${name} driver`, async () => {
      const { listener } = await listening(driver, loopback(0, family));
      const { port } = listener.local as InetEndpoint;
      expect(await dialled(driver, loopback(port, family))).toBeNull();
      const ports: number[] = [];
      const observer = new PerformanceObserver((list) => ports.push(...(list.getEntries() as unknown as Entry[]).map(({ detail }) => detail.port)));
      observer.observe({ entryTypes: ['net'] });
      expect(await dialled(driver, loopback(1, family))).toMatchObject({ code: 'ECONNREFUSED' });
      expect(await dialled(driver, loopback(port, family))).toBeNull();
      while (ports.length === 0) await new Promise((resolve) => setImmediate(resolve));
      observer.disconnect();
      listener.close();
      expect(ports).toEqual([port]);
    });
  }
}
