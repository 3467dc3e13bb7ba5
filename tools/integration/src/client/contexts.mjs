import { once } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import { besides, echoed } from './loaded.mjs';
import { get } from './get.mjs';
import { step } from './step.mjs';

const net = createRequire(import.meta.url)('net');

/**
 * What storage that follows callbacks is to do, as the READMEs of all its kinds have it.
 * @param {{ createNamespace(name: string): any }} storage
 */
export async function contexts({ createNamespace }) {
  const session = createNamespace('session');
  const inSession = (user, work) => new Promise((resolve, reject) => {
    session.run(() => {
      session.set('user', user);
      Promise.resolve(work((value) => resolve(value))).catch(reject);
    });
  });
  const user = () => session.get('user') ?? null;

  await step('the listeners of a socket run where they were put there', async () => {
    const server = net.createServer((peer) => peer.on('data', (data) => peer.end(data))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const seen = await Promise.all(['alice', 'bob'].map((name) => inSession(name, (done) => {
      const heard = [];
      const socket = net.connect(server.address().port, '127.0.0.1', () => {
        heard.push(['connect', user()]);
        socket.write('x', () => heard.push(['written', user()]));
      });
      socket.on('data', () => heard.push(['data', user()]));
      socket.on('close', () => done([...heard, ['close', user()]]));
    })));
    server.close();
    await once(server, 'close');
    return seen;
  });

  await step('a server that listens in a context', () => inSession('carol', (done) => {
    const heard = [];
    const server = net.createServer((peer) => {
      heard.push(['connection', user()]);
      peer.on('data', () => heard.push(['data', user()])).on('close', () => heard.push(['close', user()]));
      peer.resume();
    });
    server.listen(0, '127.0.0.1', () => {
      heard.push(['listening', user()]);
      net.connect(server.address().port, '127.0.0.1').end('x').on('close', () => server.close(() => done(heard)));
    });
  }));

  await step('requests that share a connection', async () => {
    const server = http.createServer((request, response) => response.end('x')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const seen = await Promise.all(['dave', 'erin', 'frank'].map((name) => inSession(name, (done) => {
      http.get({ port: server.address().port, host: '127.0.0.1', agent }, (response) => {
        const heard = [['response', user()]];
        response.on('data', () => heard.push(['data', user()])).on('end', () => done([...heard, ['end', user()]]));
      });
    })));
    agent.destroy();
    server.close();
    await once(server, 'close');
    return seen;
  });

  await step('a server of http that runs each request in one', async () => {
    const server = http.createServer((request, response) => {
      session.bindEmitter(request);
      session.bindEmitter(response);
      session.run(() => {
        session.set('user', request.url);
        setTimeout(() => response.end(`${user()}`), 5);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const answers = await Promise.all(['/a', '/b', '/c'].map((path) => get(`http://127.0.0.1:${server.address().port}${path}`)));
    server.close().closeAllConnections();
    await once(server, 'close');
    return answers.map(({ text }) => text);
  });

  await step('sockets besides', async () => echoed(await besides(), 'hello'));
}
