import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import tls from 'node:tls';
import { register, unregister } from '@netstrata/net-compat/register';
import { afterAll, expect, it } from 'vitest';
import { installGlobals, simulate, type World } from '../src/index.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`../../net-compat/test/fixtures/register/${name}`, import.meta.url));
const secret = { key: fixture('key.pem'), cert: fixture('certificate.pem') };
const trusted = { ca: secret.cert, checkServerIdentity: () => undefined };

// The module may have been loaded for another file of the suite.
register();
const uninstall = installGlobals();
afterAll(() => {
  uninstall();
  unregister();
});

const serve = (world: World) => world.host('server', '10.0.0.1', {
  boot: () => {
    https.createServer(secret, (request, response) => response.end(`hello ${request.socket.remoteAddress}`)).listen(443);
  },
});

it('https goes by the network of the host', async () => {
  const world = simulate({ link: { latency: 100 } });
  const body = await world.run(async () => {
    serve(world);
    const request = world.host('client', '10.0.0.2').run(() => https.get({ host: 'server', ...trusted, agent: false }));
    const [response] = (await once(request, 'response')) as [AsyncIterable<Buffer>];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return text;
  });
  expect(body).toMatch(/^hello /);
  expect(world.now).toBeGreaterThan(300);
  expect(String(world.timeline)).toContain('client > server:443'.replace('client', 'client:32768'));
});

it('tls.connect takes its arguments in every form, and is refused where there is no host', async () => {
  const world = simulate();
  await world.run(async () => {
    serve(world);
    const client = world.host('client');
    for (const dial of [
      () => tls.connect({ port: 443, host: 'server', ...trusted }),
      () => tls.connect(443, 'server', trusted),
      () => tls.connect(443, { host: 'server', ...trusted }),
    ]) {
      const socket = client.run(dial);
      await once(socket, 'secureConnect');
      socket.destroy();
    }
    expect(() => tls.connect(443, 'server', trusted)).toThrow(expect.objectContaining({ code: 'ERR_SIMULATION_NO_HOST' }));
  });
});
