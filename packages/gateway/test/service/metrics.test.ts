import { expect, it } from 'vitest';
import { certificate } from '../support/files.js';
import { start } from '../support/start.js';

const NAMES = /^(netstrata_gateway_\w+(?:\{[^}]*\})?) (.*)$/gm;

async function ours(url: string): Promise<Record<string, number>> {
  const text = await (await fetch(url)).text();
  return Object.fromEntries([...text.matchAll(NAMES)].map(([, name, value]) => [name.replace('netstrata_gateway_', ''), Number(value)]));
}

it('metrics count what happens, under names that no client chooses', async () => {
  const { gateway, metrics } = await start({ metricsListen: '127.0.0.1:0' });
  const { events } = gateway.options;
  const client = { id: 'eve"} 1\n', subject: 'eve"} 1\n', address: '192.0.2.7' };
  const to = { host: 'evil.example"} 1', port: 5432 };
  for (let i = 0; i < 3; i++) events!.carrierOpened!(client);
  events!.carrierClosed!(client, null, { received: 0, sent: 0 });
  events!.carrierClosed!(client, new Error('read ECONNRESET'), { received: 0, sent: 0 });
  events!.carrierRefused!('192.0.2.7', 401, 'token', 'no');
  events!.streamOpened!(client, to, '192.0.2.9');
  events!.streamRefused!(client, null, 'unlisted', 'no');
  events!.streamClosed!(client, to, { received: 10, sent: 20 });
  gateway.carriers = 5;
  gateway.streams = 7;
  expect(await ours(metrics)).toEqual({
    carriers: 5, streams: 7, draining: 0,
    carriers_opened_total: 3,
    'carriers_closed_total{how="end"}': 1, 'carriers_closed_total{how="failure"}': 1,
    'carriers_refused_total{reason="token"}': 1,
    streams_opened_total: 1, streams_closed_total: 1, 'streams_refused_total{reason="unlisted"}': 1,
    'stream_bytes_total{direction="received"}': 10, 'stream_bytes_total{direction="sent"}': 20,
  });
  expect(await (await fetch(metrics)).text()).not.toMatch(/evil|eve"/);
});

it('metrics tell when the certificate expires', async () => {
  const { metrics } = await start({ metricsListen: '127.0.0.1:0', tlsCert: certificate('first', 'pem'), tlsKey: certificate('first', 'key.pem') });
  expect((await ours(metrics)).certificate_expires_seconds).toBeGreaterThan(Date.now() / 1000);
});
