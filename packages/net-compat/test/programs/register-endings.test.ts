import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../..', import.meta.url));

/** What a module prints as JSON, in a process of its own with the package that was built. */
function run(code: string, ...flags: string[]): unknown {
  return JSON.parse(execFileSync(process.execPath, [...flags, '--input-type=module', '-e', code], { cwd: folder, encoding: 'utf8' }));
}

const prelude = `
  import fs, { existsSync } from 'node:fs';
  import cp from 'node:child_process';
  import process from 'node:process';
  const members = [
    ...['kill', 'abort', 'reallyExit', 'execve'].map((name) => [process, name]),
    ...['spawnSync', 'execSync', 'execFileSync'].map((name) => [cp, name]),
    [Atomics, 'wait'],
    ...Object.keys(fs).filter((name) => name.endsWith('Sync')).map((name) => [fs, name]),
  ].filter(([target, name]) => typeof target[name] === 'function'); // some are there on other systems, or on newer Nodes
  const before = members.map(([target, name]) => target[name]);
  const imported = existsSync;
  const { register, unregister } = await import('@netstrata/net-compat/register');
`;

describe('functions that end or block the process, under register', () => {
  it('are others that look and do the same, in named imports too, until it is undone', () => {
    const found = run(`${prelude}
      const shown = (method) => JSON.stringify([method.name, method.length, Object.getOwnPropertyDescriptors(method)]);
      const isSame = (at) => members[at][0][members[at][1]] === before[at];
      const during = [members.some((_, at) => isSame(at)), existsSync === imported, members.every(([target, name], at) => shown(target[name]) === shown(before[at]))];
      let thrown;
      try { fs.statSync(1); } catch (error) { thrown = error.code; }
      const works = [thrown, fs.realpathSync.native('.') === process.cwd(), new fs.statSync('package.json').size > 10, cp.execFileSync(process.execPath, ['--version'], { encoding: 'utf8' }).trim() === process.version];
      unregister();
      console.log(JSON.stringify([during, works, members.every((_, at) => isSame(at)), existsSync === imported]));
    `);
    expect(found).toEqual([[false, false, true], ['ERR_INVALID_ARG_TYPE', true, true, true], true, true]);
  });

  it('stay as they are where they cannot be replaced, and the others are', () => {
    const found = run(`
      import fs from 'node:fs';
      const { kill } = process;
      Object.defineProperty(process, 'kill', { value: kill, writable: false, configurable: false });
      Object.freeze(Atomics);
      const { wait } = Atomics;
      const { existsSync } = fs;
      const { unregister } = await import('@netstrata/net-compat/register');
      const during = [process.kill === kill, Atomics.wait === wait, fs.existsSync === existsSync];
      unregister();
      console.log(JSON.stringify([...during, fs.existsSync === existsSync]));
    `);
    expect(found).toEqual([true, true, false, true]);
  });
});
