import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/config/index.js';
import { createGateway } from '../../src/index.js';
import { checkRules } from '../../src/service/gateway-options.js';
import { refuseOpenProxy } from '../../src/service/safety.js';
import { folder } from '../support/files.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const guide = read('../../docs/guides/run-the-gateway.md');
const unit = read('deploy/netstrata-gateway.service');

describe('the guide', () => {
  it.each([['ini', 'netstrata-gateway.service'], ['json', 'gateway.json'], ['dockerfile', 'Dockerfile']])('shows, as %s, the file %s', (language, name) => {
    const [, shown] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(guide) ?? [];
    expect(shown).toBe(read(`deploy/${name}`));
  });

  it('gives settings that can be used', () => {
    const config = join(folder(), 'gateway.json');
    writeFileSync(config, read('deploy/gateway.json'));
    const settings = readSettings({ config }, {});
    expect(() => { refuseOpenProxy(settings); checkRules(settings, createGateway); }).not.toThrow();
  });
});

describe('the unit of systemd', () => {
  it('waits longer for the end than the gateway for its streams', () => {
    const [, seconds] = /^TimeoutStopSec=(\d+)s$/m.exec(unit)!;
    expect(Number(seconds) * 1000).toBeGreaterThan(readSettings({}, {}).grace);
  });

  it('has every setting once, under a section, in the form that systemd takes', () => {
    const lines = unit.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const keys = lines.filter((line) => !line.startsWith('['));
    expect(keys.filter((line) => !/^[A-Z]\w+=[^\s]?.*$/.test(line))).toEqual([]);
    expect(new Set(keys.map((line) => line.split('=')[0])).size).toBe(keys.length);
    expect(lines.filter((line) => line.startsWith('['))).toEqual(['[Unit]', '[Service]', '[Install]']);
  });

  const analyze = (...args: string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8' });
  const isThere = analyze('--version').status === 0;

  it.runIf(isThere)('is sound for systemd, and hardened', () => {
    const path = join(folder(), 'netstrata-gateway.service');
    // What it starts is not installed here.
    writeFileSync(path, unit.replace(/^(ExecStart=)\S+/m, '$1/bin/true'));
    expect(analyze('verify', path)).toMatchObject({ status: 0, stderr: '' });
    expect(analyze('security', '--offline=true', '--threshold=25', path)).toMatchObject({ status: 0 });
  });
});
