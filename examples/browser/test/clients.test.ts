import { describe, expect, inject, it } from 'vitest';
import * as mail from '../src/clients/mail.js';
import * as mqtt from '../src/clients/mqtt.js';
import * as postgres from '../src/clients/postgres.js';
import * as redis from '../src/clients/redis.js';
import { missing, usePage } from './support/page.js';

type Work = (access: never) => Promise<unknown>;
const CLIENTS: Record<string, [server: string, { work: Work }]> = {
  postgres: ['postgres', postgres], redis: ['redis', redis], mqtt: ['mosquitto', mqtt], mail: ['smtp', mail],
};

describe.skipIf(missing)('drivers of Node in a page do what they do in Node', () => {
  const opened = usePage();

  describe.each(Object.entries(CLIENTS))('%s', (name, [server, { work }]) => {
    const access = inject('servers')[server];

    it.skipIf(access === undefined)('gets the same answers through the gateway as directly', async () => {
      const { page } = opened;
      const inPage = await page.evaluate(([name, access]) => (globalThis as unknown as { clients: Record<string, { work: (access: unknown) => unknown }> }).clients[name].work(access), [name, access] as const);
      const direct = JSON.parse(JSON.stringify(await work(access as never))) as unknown;
      expect(inPage).toEqual(direct);
    });
  });

  it.skipIf(inject('servers').postgres === undefined)('shows a table for a query, and the words of the server for a wrong one', async () => {
    const { page } = opened;
    await page.fill('#query', 'select name, moons from planets where moons > 100');
    await page.click('#postgres button');
    await page.waitForSelector('#result tbody tr');
    expect(await page.locator('#result tr').allInnerTexts()).toEqual(['name\tmoons', 'Saturn\t146']);
    await page.fill('#query', 'select nonsense');
    await page.click('#postgres button');
    await page.waitForSelector('#query-note.failed');
    expect(await page.innerText('#query-note')).toBe('42703: column "nonsense" does not exist');
  });
});
