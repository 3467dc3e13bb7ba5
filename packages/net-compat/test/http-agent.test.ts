import { Agent, createServer, get } from 'node:http';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { createConnection, type Socket } from '@netstrata/net-compat';

it("Node's http agent uses a connection again", async () => {
  const server = createServer((_request, response) => response.end('answer'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  const made: Socket[] = [];
  const agent = new Agent({ keepAlive: true });
  agent.createConnection = ((options: { port: number; host: string }) => {
    made.push(createConnection({ port: options.port, host: options.host }));
    return made.at(-1);
  });
  const ask = (): Promise<string> =>
    new Promise((resolve, reject) => {
      get({ port, host: '127.0.0.1', agent }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += String(chunk)));
        agent.once('free', () => setImmediate(() => resolve(text)));
      }).on('error', reject);
    });
  expect([await ask(), await ask(), await ask()]).toEqual(['answer', 'answer', 'answer']);
  expect(made).toHaveLength(1);
  agent.destroy();
  server.close();
});
