import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { folders, manifests } from '../../layers.mjs';
import { tarball } from '../../stage.mjs';

const cwd = join(inject('consumers'), 'gateway');
const env = { ...process.env, NODE_OPTIONS: '' };
const { version } = manifests.gateway;
const deployed = (name: string) => readFileSync(new URL(`../../../../packages/gateway/deploy/${name}`, import.meta.url), 'utf8');

const runs = async (file: string, args: readonly string[], folder = cwd) => (await promisify(execFile)(file, args, { cwd: folder, env })).stdout.trim();

describe('the program of the gateway, installed from its tarball', () => {
  it.each([['netstrata-gateway'], ['@netstrata/gateway']])('is what `npx %s` runs', async (name) => {
    expect(await runs('npx', ['--no', '--', name, '--version'])).toBe(version);
  });

  it('is where the unit of systemd starts it', async () => {
    const [, path, args] = /^ExecStart=\/opt\/netstrata\/(\S+) (.*)$/m.exec(deployed('netstrata-gateway.service'))!;
    expect(args).toBe('serve --config /etc/netstrata/gateway.json');
    expect(await runs(join(cwd, path), ['--version'])).toBe(version);
  });
});

/** A line of the container file, without its instruction. */
function instruction(name: string): string {
  const [, rest] = new RegExp(`^${name} (.*)$`, 'm').exec(deployed('Dockerfile'))!;
  return rest;
}

const command = (name: string) => JSON.parse(instruction(name).replace(/^.*?CMD /, '')) as string[];

/** The folder of the image, made by its step: the tarball and its like stand for what is published. */
async function install(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-container-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const others = folders.filter((name) => name !== 'gateway');
  const overrides = Object.fromEntries(others.map((name) => [manifests[name].name, `file:${tarball(name)}`]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }));
  const step = instruction('RUN').replace('@netstrata/gateway@${VERSION}', `file:${tarball('gateway')}`);
  await runs('sh', ['-c', `${step} --prefer-offline`], folder);
  return folder;
}

async function urlOf({ stdout }: ChildProcess): Promise<URL> {
  for await (const text of createInterface({ input: stdout! })) {
    const { event, url } = JSON.parse(text) as { event: string; url: string };
    if (event === 'start') return new URL(url);
  }
  throw new Error('it has ended');
}

it('the steps of the container file make an image whose program starts, is healthy, and ends by its signal', async () => {
  const folder = await install();
  const [node, ...args] = [...command('ENTRYPOINT'), ...command('CMD')];
  const child = spawn(node, [...args, '--listen', '127.0.0.1:0'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => { child.kill('SIGKILL'); });
  const { port } = await urlOf(child);
  const [program, flag, script] = command('HEALTHCHECK');
  const check = () => runs(program, [flag, script.replace('127.0.0.1:8080', `127.0.0.1:${port}`)], folder);
  expect(await check()).toBe('');
  child.kill(instruction('STOPSIGNAL') as NodeJS.Signals);
  expect(await once(child, 'exit')).toEqual([0, null]);
  await expect(check()).rejects.toMatchObject({ code: 1 });
});
