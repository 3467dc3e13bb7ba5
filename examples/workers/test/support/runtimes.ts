import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { placeOf, type Runtime } from '../../../../tools/runtimes/binaries.mjs';

/** A program that answers requests on a port of this machine. */
export interface Serving {
  readonly port: number;
  /** What it has written, on its own account too. */
  output(): string;
  stop(): Promise<void>;
}

/** One of the programs with all that it imports: the sources of the packages, and of `events`. */
function bundled(program: string, outfile: string): Promise<unknown> {
  return build({
    entryPoints: [fileURLToPath(new URL(`../programs/${program}.ts`, import.meta.url))],
    outfile, bundle: true, format: 'esm', platform: 'neutral', target: 'es2022', mainFields: ['main'], conditions: ['source'],
    external: ['cloudflare:sockets'],
    // `sideEffects` names published files.
    ignoreAnnotations: true, logLevel: 'error',
  });
}

async function serving(child: ChildProcess, lines: Readable, portIn: (line: string) => number): Promise<Serving> {
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => { output += String(text); });
  const failed = once(child, 'exit').then(([code]) => { throw new Error(`It ended with ${code}: ${output}`); });
  const [line] = (await Promise.race([once(createInterface(lines), 'line'), failed])) as [string];
  failed.catch(() => {});
  return {
    port: portIn(line),
    output: () => output,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** Its config: it may reach this machine, and nothing else. */
const configOf = (date: string): string => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed "worker.mjs")], compatibilityDate = "${date}", globalOutbound = "local",
    )),
    (name = "local", network = (allow = ["local"])),
  ],
  sockets = [(name = "main", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

async function worker(folder: string, date: string): Promise<Serving> {
  await bundled('worker', join(folder, 'worker.mjs'));
  writeFileSync(join(folder, 'config.capnp'), configOf(date));
  const args = ['serve', join(folder, 'config.capnp'), '--control-fd=3'];
  const child = spawn(placeOf('workerd'), args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  return serving(child, child.stdio[3] as Readable, (line) => (JSON.parse(line) as { port: number }).port);
}

async function deno(folder: string): Promise<Serving> {
  const file = join(folder, 'deno.mjs');
  await bundled('deno', file);
  const args = ['run', '--quiet', '--no-lock', '--allow-net=127.0.0.1,localhost,nobody.invalid', file];
  const env = { ...process.env, DENO_NO_UPDATE_CHECK: '1' };
  const child = spawn(placeOf('deno'), args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  return serving(child, child.stdout, Number);
}

interface Place {
  readonly name: string;
  readonly needs: Runtime;
  start(folder: string): Promise<Serving>;
}

export const places: readonly Place[] = [
  { name: 'workerd', needs: 'workerd', start: (folder) => worker(folder, '2026-11-01') },
  // Since 2026-08-04 workers have Node's modules, and a `process`, unless they ask for an earlier date.
  { name: 'workerd without Node’s modules', needs: 'workerd', start: (folder) => worker(folder, '2026-08-03') },
  { name: 'Deno', needs: 'deno', start: deno },
];
