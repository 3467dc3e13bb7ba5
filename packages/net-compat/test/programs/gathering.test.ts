import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const file = fileURLToPath(new URL('../../dist/index.cjs', import.meta.url));

it('without gathering every write leaves at once, in a process with NETSTRATA_GATHER=0', () => {
  const program = `process.hrtime = () => [5, 0]; const net = require(${JSON.stringify(file)}); const server = net.createServer((s) => s.resume()).listen(0, '127.0.0.1', () => {
    const c = net.connect(server.address().port, '127.0.0.1', () => setImmediate(() => { for (const t of 'abc') c.write(t); console.log(c._bytesDispatched); process.exit(); })); });`;
  const run = (gather: string): string => spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', env: { ...process.env, NETSTRATA_GATHER: gather } }).stdout.trim();
  expect([run('0'), run('1'), run('')]).toEqual(['3', '1', '1']);
});
