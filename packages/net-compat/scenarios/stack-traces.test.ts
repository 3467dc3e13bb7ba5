import { scenario } from './support/scenario.js';
import type { Stage } from './support/stage.js';

/** Whether a line of this file is among the first five of a stack. */
function isNear(error: unknown): boolean {
  const { stack } = error as Error;
  return stack!.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 5).some((line) => line.includes('stack-traces'));
}

function thrown(t: Stage, label: string, call: () => unknown): void {
  try {
    call();
    t.log(label, 'did not throw');
  } catch (error) {
    t.log(label, (error as NodeJS.ErrnoException).code, isNear(error));
  }
}

scenario('the line that passes a bad argument is near the top of the stack', { media: ['tcp4'] }, (t) => {
  const { net } = t;
  const given = (value: unknown): never => value as never;
  thrown(t, 'listen', () => net.createServer().listen(given({})));
  thrown(t, 'listen on a port', () => net.createServer().listen(70000));
  thrown(t, 'listen with a signal', () => net.createServer().listen(given({ port: 0, signal: 5 })));
  thrown(t, 'connect', () => net.connect(given({})));
  thrown(t, 'connect to a port', () => net.connect(70000));
  thrown(t, 'connect from an address', () => net.connect({ port: 1, localAddress: 'x' }));
  thrown(t, 'connect to a path', () => net.connect(given({ path: 5 })));
  thrown(t, 'connect of a socket', () => new net.Socket().connect(given({})));
  thrown(t, 'a socket', () => new net.Socket(given({ objectMode: true })));
  thrown(t, 'a socket with a descriptor', () => new net.Socket({ fd: -1 }));
  thrown(t, 'a socket with a signal', () => new net.Socket(given({ signal: 5 })));
  thrown(t, 'a server', () => new net.Server(given(5)));
  thrown(t, 'a server with a mark', () => net.createServer(given({ highWaterMark: 'x' })));
  thrown(t, 'setTimeout', () => new net.Socket().setTimeout(given('x')));
  thrown(t, 'write', () => new net.Socket().write(given(5)));
  thrown(t, 'write with an encoding', () => new net.Socket().write('x', given('nope')));
  return Promise.resolve();
});

// Under wine two servers can listen on one name of a pipe.
scenario('the line that listens where somebody listens', { media: process.platform === 'win32' ? ['tcp4'] : ['tcp4', 'ipc'] }, async (t) => {
  const first = await t.listen(t.net.createServer());
  const address = first.address() as { port: number } | string;
  const second = t.net.createServer();
  const failed = t.once<[NodeJS.ErrnoException]>(second, 'error');
  if (typeof address === 'string') second.listen(address);
  else second.listen(address.port);
  const [error] = await failed;
  t.log('error', error.code, error.syscall, typeof address === 'string' ? isNear(error) : 'of another family');
  first.close();
});

scenario('the line that listens on every address where somebody does', { media: ['tcp4'] }, async (t) => {
  const first = t.net.createServer().listen(0);
  await t.once(first, 'listening');
  const second = t.net.createServer();
  const failed = t.once<[NodeJS.ErrnoException]>(second, 'error');
  second.listen((first.address() as { port: number }).port);
  const [error] = await failed;
  t.log('error', error.code, error.syscall, isNear(error));
  first.close();
});

scenario('where a listener throws stays in its stack', async (t) => {
  await t.serve();
  const client = t.connect();
  client.on('connect', () => {
    try {
      client.write(5 as never);
    } catch (error) {
      t.log('thrown', isNear(error));
    }
  });
  await t.once(client, 'ready');
});
