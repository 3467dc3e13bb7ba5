import { once } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import { besides, echoed, loading } from '../../src/client/loaded.mjs';
import { get } from '../../src/client/get.mjs';
import { step } from '../../src/client/step.mjs';

const require = createRequire(import.meta.url);
const { createHttpTerminator } = await loading(() => require('http-terminator'));

async function serve(gracefulTerminationTimeout = 5000) {
  const server = http.createServer((request, response) => {
    if (request.url === '/slow') setTimeout(() => response.end('slow'), 50);
    else if (request.url !== '/never') response.end('quick');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, origin: `http://127.0.0.1:${server.address().port}`, terminator: createHttpTerminator({ server, gracefulTerminationTimeout }) };
}

await step('what is being answered is answered, and told to close', async () => {
  const { server, origin, terminator } = await serve();
  const agent = new http.Agent({ keepAlive: true });
  const quick = await get(`${origin}/quick`, { agent });
  const slow = get(`${origin}/slow`, { agent: new http.Agent({ keepAlive: true }) });
  await once(server, 'request');
  await terminator.terminate();
  agent.destroy();
  return [quick.text, (await slow).text, server.listening];
});

await step('what takes longer is cut', async () => {
  const { server, origin, terminator } = await serve(20);
  const never = get(`${origin}/never`, { agent: false }).catch(({ code }) => code);
  await once(server, 'request');
  await terminator.terminate();
  return [await never, server.listening];
});

await step('sockets besides', async () => echoed(await besides(), 'hello'));
