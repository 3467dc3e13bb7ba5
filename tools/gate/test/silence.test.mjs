import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../spawn.mjs';

const node = (code) => [process.execPath, '-e', code];
/** Not one that has ended and that nobody has asked after. */
const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

it('a command that says something now and then goes on for as long as it likes', async () => {
  const code = 'let n = 0; const timer = setInterval(() => { console.log("."); if (++n === 20) clearInterval(timer); }, 200)';
  expect(await run(node(code), {}, 2000)).toBe(0);
});

it.skipIf(process.platform === 'win32')('a command that says nothing is ended with what it has started', async () => {
  const grandchild = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)';
  const code = `const { pid } = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' });
    require('fs').writeFileSync(process.env.PID_FILE, String(pid)); setInterval(() => {}, 1000)`;
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-gate-'));
  const file = join(folder, 'pid');
  expect(await run(node(code), { PID_FILE: file }, 1500)).toBe(1);
  const pid = Number(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  await expect.poll(() => isAlive(pid)).toBe(false);
});

it('the exit code of a command is passed on', async () => {
  expect([await run(node('process.exit(3)')), await run(node('')), await run(['no-such-command-anywhere'])]).toEqual([3, 0, 1]);
});
