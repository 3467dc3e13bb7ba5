import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { media } from '../src/media.js';
import { scenes } from '../src/scenes/index.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Runs what was built, with a pipe in place of a terminal. */
function run(env: Record<string, string> = {}): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

describe('the demo', () => {
  it('plays every scene on every medium, and ends by itself', async () => {
    const { code, output } = await run({ FORCE_COLOR: '', CI: '1' });
    expect(output).toContain('Every byte arrived, and every check held.');
    expect(code).toBe(0);
    for (const { title, missing } of media) {
      expect(output).toContain(`\n${title}  `);
      if (missing && (await missing()) !== null) continue;
      const [, part = ''] = output.split(`\n${title}  `);
      for (const scene of Object.keys(scenes)) expect(part).toContain(`✓ ${scene}`);
    }
  });

  it('moves no cursor and uses no colour where there is no terminal', async () => {
    const { output } = await run({ FORCE_COLOR: '' });
    expect(output).not.toContain('\u001b');
  });
});
