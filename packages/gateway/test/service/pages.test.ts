import { describe, expect, it } from 'vitest';
import { start } from '../support/start.js';

const page = async (url: string, method = 'GET') => {
  const response = await fetch(url, { method });
  return { status: response.status, text: await response.text(), headers: response.headers };
};

describe('the port of a gateway', () => {
  it('says whether it is healthy, and that it is draining while it does', async () => {
    const { site, gateway, service } = await start();
    expect(await page(`${site}/healthz`)).toMatchObject({ status: 200, text: 'ok\n' });
    const drained = service.drain();
    expect(await page(`${site}/healthz`)).toMatchObject({ status: 503, text: 'draining\n' });
    gateway.drained();
    await drained;
    await expect(fetch(`${site}/healthz`)).rejects.toThrow();
  });

  it('asks for a WebSocket at its path, and knows no other', async () => {
    const { site } = await start({ path: '/tunnel' });
    const asked = await page(`${site}/tunnel?x=1`);
    expect(asked).toMatchObject({ status: 426, text: expect.stringContaining('netstrata gateway') as string });
    expect(asked.headers.get('upgrade')).toBe('websocket');
    expect(await page(`${site}/`)).toMatchObject({ status: 404, text: expect.stringContaining('netstrata gateway') as string });
    expect(await page(`${site}/healthz`, 'HEAD')).toMatchObject({ status: 200, text: '' });
  });

  it('takes nothing that is sent to it', async () => {
    const { site } = await start();
    expect(await page(`${site}/`, 'POST')).toMatchObject({ status: 405 });
  });

  it('shows no metrics: they have a port of their own, where it is asked for', async () => {
    const { site, metrics } = await start({ metricsListen: '127.0.0.1:0' });
    expect(await page(`${site}/metrics`)).toMatchObject({ status: 404 });
    expect(await page(metrics)).toMatchObject({ status: 200, text: expect.stringContaining('netstrata_gateway_carriers 0') as string });
    expect(await page(metrics.replace('/metrics', '/healthz'))).toMatchObject({ status: 200 });
    expect(await page(metrics.replace('/metrics', '/'))).toMatchObject({ status: 404 });
    expect((await start()).metrics).toBeUndefined();
  });
});
