import { once } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import { besides, echoed, loading } from '../../src/client/loaded.mjs';
import { get } from '../../src/client/get.mjs';
import { step } from '../../src/client/step.mjs';

const require = createRequire(import.meta.url);
const stoppable = await loading(() => require('stoppable'));

/** A server with an idle connection, and one that is being answered. */
async function serve(grace) {
  const server = stoppable(http.createServer((request, response) => {
    if (request.url === '/never') return;
    if (request.url === '/slow') setTimeout(() => response.end('slow'), 50);
    else response.end('quick');
  }), grace);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}
const stop = (server) => new Promise((resolve) => server.stop((error, gracefully) => resolve([error?.code ?? null, gracefully])));

await step('idle connections end, busy ones are answered first', async () => {
  const { server, origin } = await serve();
  const agent = new http.Agent({ keepAlive: true });
  const quick = await get(`${origin}/quick`, { agent });
  const slow = get(`${origin}/slow`, { agent: false });
  await once(server, 'request');
  const stopped = await stop(server);
  agent.destroy();
  return [quick.text, (await slow).text, stopped];
});

await step('what takes longer than the grace is cut', async () => {
  const { server, origin } = await serve(20);
  const never = get(`${origin}/never`, { agent: false }).catch(({ code }) => code);
  await once(server, 'request');
  const stopped = await stop(server);
  return [await never, stopped];
});

await step('sockets besides', async () => echoed(await besides(), 'hello'));
