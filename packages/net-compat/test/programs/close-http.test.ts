import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('a connection to a server of http that has said nothing ends at once', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', '@netstrata/net-compat/register', '--input-type=module', '-e', `
    import { createServer } from 'node:http';
    import { connect } from 'node:net';
    import { close } from '@netstrata/net-compat/promises';
    const server = createServer().listen(0, '127.0.0.1', () => {
      connect(server.address().port, '127.0.0.1').resume();
      server.once('connection', async () => { console.log(JSON.stringify(await close(server, { grace: 60_000 }))); });
    });
  `], { cwd: new URL('../..', import.meta.url), encoding: 'utf8' });
  expect([stderr, JSON.parse(stdout)]).toEqual(['', { finished: 1, destroyed: 0 }]);
});
