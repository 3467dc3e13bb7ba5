import { expect, it } from 'vitest';
import { simulate } from '../src/index.js';

it('an entry says which connection it is about, its ends as its host sees them, and how many bytes', async () => {
  const world = simulate();
  world.host('server', { boot: ({ net }) => { net.createServer((socket) => socket.resume()).listen(1); } });
  world.host('client').net.connect(1, 'server').write('hello');
  await world.advance(10);
  const of = (wanted: string): unknown => {
    const { host, connection, local, remote, bytes } = world.timeline.entries.find(({ kind }) => kind === wanted)!;
    return { host, connection, local, remote, bytes };
  };
  expect(of('send')).toEqual({ host: 'client', connection: 1, local: 'client:32768', remote: 'server:1', bytes: 5 });
  expect(of('arrive')).toEqual({ host: 'server', connection: 1, local: 'server:1', remote: 'client:32768', bytes: 5 });
  expect(of('listen')).toEqual({ host: 'server', connection: 0, local: '[::]:1', remote: '', bytes: 0 });
});
