import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netstrata-silence-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const module = new URL('../process.mjs', import.meta.url).href;
const LIMITS = { silenceMs: 2000, graceMs: 500 };

/** Starts a process that runs `program` as the gate does, and prints the exit code. */
function start(program, limits = LIMITS) {
  const command = JSON.stringify([process.execPath, '-e', program]);
  const code = `const { run } = await import('${module}'); console.log('code', await run(${command}, ${JSON.stringify(limits)}));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (said.err += text));
  return { child, said };
}

async function ran(program, limits) {
  const { child, said } = start(program, limits);
  await once(child, 'close');
  return said;
}

/** A program that starts another, which writes its id into a file and runs for ever, as the program itself does if it should. */
function withChild(other, self = 'setInterval(() => {}, 1000);', options = "{ stdio: 'inherit' }") {
  const file = join(folder, 'pid');
  // Under another name first, because a file exists before it has content.
  const inner = `${other} const fs = require('node:fs'); fs.writeFileSync('${file}.new', String(process.pid)); fs.renameSync('${file}.new', '${file}'); setInterval(() => {}, 1000);`;
  return `const other = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}], ${options}); ${self}`;
}

/** A zombie does not count: there may be no init here that collects it. */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

const pidOf = () => Number(readFileSync(join(folder, 'pid'), 'utf8'));
const grandchildIsGone = () => vi.waitFor(() => expect(isAlive(pidOf())).toBe(false), { timeout: 10_000 });

/** What a program does once the other one exists. */
const whenThere = (end) => `const wait = setInterval(() => require('node:fs').existsSync('${join(folder, 'pid')}') && (clearInterval(wait), ${end}), 20);`;

describe('a command', () => {
  it('that says something now and then may take longer than it may be silent', async () => {
    const { out, err } = await ran(`let n = 0; const timer = setInterval(() => (console.log(++n), n === 8 && clearInterval(timer)), 350);`);
    expect(out).toBe('1\n2\n3\n4\n5\n6\n7\n8\ncode 0\n');
    expect(err).toBe('');
  });

  it('may say it as an error, and whole lines come', async () => {
    const { out } = await ran(`for (let n = 0; n < 50; n++) { process.stdout.write('o'); console.log(n); console.error('e' + n); }`);
    expect(out.split('\n').sort()).toEqual(['', 'code 0', ...Array.from({ length: 50 }, (_, n) => [`o${n}`, `e${n}`]).flat()].sort());
  });

  it('that is silent is ended with what it has started', async () => {
    const { out } = await ran(withChild(''));
    expect(out).toMatch(/ -e const other.* said nothing for 2 seconds, and is ended\. NETSTRATA_SILENCE=20 gives it 20 minutes\.\ncode 1\n$/s);
    await grandchildIsGone();
  });

  it('that is silent is ended with what has gone into a group of its own', async () => {
    const { out } = await ran(withChild('', undefined, "{ stdio: 'inherit', detached: true }"));
    expect(out).toContain('code 1\n');
    await grandchildIsGone();
  });

  it('that is silent is ended even if it does not want to', async () => {
    const deaf = "process.on('SIGTERM', () => {});";
    const { out } = await ran(`${deaf} ${withChild(deaf)}`);
    expect(out).toContain('code 1\n');
    await grandchildIsGone();
  });

  it('that is silent has failed, also when it ends well on being asked', async () => {
    const { out } = await ran("process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000);");
    expect(out).toContain('code 1\n');
  });

  it('gives its exit code', async () => {
    expect((await ran('process.exit(3)')).out).toBe('code 3\n');
    expect((await ran("process.kill(process.pid, 'SIGKILL')")).out).toContain('code 1\n');
  });

  it('that leaves something running ends nevertheless, and what it left ends too', async () => {
    const { out, err } = await ran(withChild('', whenThere('process.exit(0)')), { silenceMs: 20_000, graceMs: 500 });
    expect(out).toBe('code 0\n');
    expect(err).toBe('');
    await grandchildIsGone();
  });

  it('ends with what it has started when we are ended', async () => {
    const { child, said } = start(withChild('', whenThere("console.log('ready')")), { silenceMs: 20_000, graceMs: 500 });
    await vi.waitFor(() => expect(said.out).toBe('ready\n'), { timeout: 10_000 });
    child.kill('SIGTERM');
    const [, signal] = await once(child, 'close');
    expect(signal).toBe('SIGTERM');
    await grandchildIsGone();
  });
});
