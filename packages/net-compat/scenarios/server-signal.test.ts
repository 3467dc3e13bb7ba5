import type { ListenOptions, Server } from 'node:net';
import { freshEndpoint } from './support/medium.js';
import { scenario } from './support/scenario.js';

const TIMES: Record<string, (part: { server: Server; abort: () => void; listen: () => void }) => void> = {
  'before listen': ({ abort, listen }) => {
    abort();
    listen();
  },
  'in the tick of listen': ({ abort, listen }) => {
    listen();
    abort();
  },
  'a tick after listen': ({ abort, listen }) => {
    listen();
    process.nextTick(abort);
  },
  "in the listener of 'listening'": ({ server, abort, listen }) => {
    server.once('listening', abort);
    listen();
  },
  'turns after it has listened': ({ server, abort, listen }) => {
    server.once('listening', () => setImmediate(abort));
    listen();
  },
  'when it was closed': ({ server, abort, listen }) => {
    server.once('listening', () => {
      server.close();
      abort();
    });
    listen();
  },
  "in the listener of 'close'": ({ server, abort, listen }) => {
    server.once('listening', () => server.close()).once('close', abort);
    listen();
  },
  'when it listens again without it': ({ server, abort, listen }) => {
    server.once('listening', () => server.close());
    server.once('close', () => {
      server.listen(0, '127.0.0.1', abort);
    });
    listen();
  },
  'before it listens for a second time': ({ server, abort, listen }) => {
    server.once('listening', () => server.close());
    server.once('close', () => {
      abort();
      listen();
    });
    listen();
  },
};

for (const [when, run] of Object.entries(TIMES)) {
  for (const where of ['an address', 'a name']) {
    scenario(`a signal of a server that is aborted ${when}, at ${where}`, where === 'a name' ? { media: ['tcp4'] } : {}, async (t) => {
      const server = t.watch(t.net.createServer(), 'server');
      const controller = new AbortController();
      const place = where === 'a name' ? { port: 0, host: 'localhost' } : freshEndpoint(t.medium);
      run({
        server,
        abort: () => {
          t.note('server', 'abort');
          controller.abort();
          t.note('server', 'aborted', server.listening);
        },
        listen: () => { server.listen({ ...place, signal: controller.signal } as ListenOptions); },
      });
      // A name is looked up by a thread, and where nothing comes of it that takes its time.
      if (where === 'a name' && !/before listen|in the tick|a tick/.test(when)) await t.once(server, 'listening');
      await t.turn(30);
      t.log('in the end', server.listening, server.listenerCount('close'));
      server.close();
    });
  }
}
