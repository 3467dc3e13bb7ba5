import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { besides, echoed, loading } from '../../src/client/loaded.mjs';
import { folder } from '../../src/client/server.mjs';
import { step } from '../../src/client/step.mjs';

const require = createRequire(import.meta.url);
const { Client, Server } = await loading(() => require('net-ipc'));

for (const [name, place] of Object.entries({ 'a path': { path: join(folder, 'ipc') }, 'a port': { port: 0 } })) {
  await step(`messages, requests and a broadcast over ${name}`, async () => {
    const heard = [];
    const server = new Server(place);
    server.on('connect', (connection, payload) => heard.push(['connect', payload]));
    server.on('message', (message) => heard.push(['message', message]));
    server.on('request', async (request, answer) => answer(`answer to ${request}`));
    await server.start();
    const client = new Client({ ...place, port: place.port === undefined ? undefined : server.server.address().port });
    client.on('message', (message) => heard.push(['to the client', message]));
    client.on('request', async (request, answer) => answer(`client's answer to ${request}`));
    await client.connect('hello');
    await client.send('one');
    heard.push(await client.request('two'));
    await server.broadcast('three');
    heard.push((await server.survey('four')).map(({ value }) => value));
    const gone = once(server, 'disconnect');
    await client.close('bye');
    heard.push((await gone)[1]);
    await server.close();
    return heard;
  });
}

await step('sockets besides', async () => echoed(await besides(), 'hello'));
