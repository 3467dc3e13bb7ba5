import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '@netstrata/integration/src/servers/daemon.mjs';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { binary, unavailable } from '../../../runtimes/binaries.mjs';
import { site } from './support/ends.mjs';

const file = unavailable() === null ? binary('workerd') : null;
if (file === null) console.log('workerd is not tested: npm run runtime workerd');

const config = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [(name = "worker", esModule = embed "worker.mjs")], compatibilityDate = "2026-06-01", globalOutbound = "local")),
    (name = "local", network = (allow = ["local"])),
  ],
  sockets = [(name = "main", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

describe.skipIf(file === null)('a Worker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-websocket-'));
  let child;
  let ask;

  beforeAll(async () => {
    const source = (path) => fileURLToPath(new URL(path, import.meta.url));
    await build({
      entryPoints: [source('programs/worker.mjs')], outfile: join(folder, 'worker.mjs'), bundle: true, format: 'esm', platform: 'neutral', target: 'es2022',
      mainFields: ['main'], conditions: ['source'],
      // What bundlers get of the packed package.
      alias: { '@netstrata/transport-websocket': source('../../../../packages/transport-websocket/src/browser.ts') },
    });
    writeFileSync(join(folder, 'config.capnp'), config);
    child = spawn(file, ['serve', join(folder, 'config.capnp'), '--control-fd=3'], { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
    const [line] = await once(createInterface(child.stdio[3]), 'line');
    const { port } = JSON.parse(line);
    ask = async (url, bytes, then) => {
      const response = await fetch(`http://127.0.0.1:${port}/?${new URLSearchParams({ url, bytes, then })}`);
      const text = await response.text();
      return response.ok ? JSON.parse(text) : text;
    };
  });
  afterAll(async () => {
    if (child !== undefined) {
      child.kill();
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** A site that sends back what comes, a server of ours. */
  async function echo() {
    const { port, next } = await site({ token: 'a token' });
    const accepted = next().then(({ connection, sink }) => {
      const onData = sink.onData.bind(sink);
      sink.onData = (chunk) => {
        onData(chunk);
        if (connection.write(chunk) !== 0) connection.readStop();
      };
      sink.onWriteDone = () => connection.readStart();
      connection.readStart();
      return { connection, sink };
    });
    return { url: `ws://127.0.0.1:${port}/`, accepted };
  }

  it('sends and receives, and ends', async () => {
    const { url, accepted } = await echo();
    const [seen, { sink, connection }] = await Promise.all([ask(url, 1_000_000, 'shutdown'), accepted]);
    expect(seen).toEqual({ events: ['connect', 'data', 'end', 'close'], received: 1_000_000, error: null });
    await sink.event('end');
    expect([sink.length, sink.error]).toEqual([1_000_000, null]);
    connection.close();
  });

  it('aborts', async () => {
    const { url, accepted } = await echo();
    const [seen, { sink }] = await Promise.all([ask(url, 1000, 'abort'), accepted]);
    expect(seen).toEqual({ events: ['connect', 'data', 'close'], received: 1000, error: null });
    await sink.event('close');
    expect(sink.error).toMatchObject({ code: 'ECONNRESET' });
  });

  it('hears of a reset', async () => {
    const { url, accepted } = await echo();
    const [seen] = await Promise.all([ask(url, 1000, 'readStart'), accepted.then(async ({ sink, connection }) => {
      await sink.event('data');
      connection.abort();
    })]);
    expect(seen.error).toBe('read ECONNRESET');
    expect(seen.events).not.toContain('end');
  });

  it('is refused', async () => {
    expect(await ask(`ws://127.0.0.1:${await freePort()}/`, 1, 'close')).toEqual({ events: ['close'], received: 0, error: 'connect ECONNREFUSED' });
    const { port } = await site({ token: 'another token' });
    expect(await ask(`ws://127.0.0.1:${port}/`, 1, 'close')).toEqual({ events: ['close'], received: 0, error: 'connect ECONNREFUSED' });
  });
});
