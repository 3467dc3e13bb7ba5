import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';
import { folders } from '../../layers.mjs';

const consumers = inject('consumers');
/** What each stands for is declared by a line of its own, in code and in declarations. */
const DECLARED = /^(?:export )?(?:declare )?(?:async )?(?:function\*?|class) (\w+)/;

interface Map { readonly sources: readonly string[]; readonly sourcesContent?: unknown }

describe.each(folders)('%s', (folder) => {
  const installed = join(consumers, folder, 'node_modules/@netstrata', folder);
  const lines = (file: string) => readFileSync(join(installed, file), 'utf8').split('\n');
  /** All but the small modules that only load what is for `require`. */
  const made = () => readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|cjs|d\.ts|d\.cts)$/.test(name)).map((name) => join('dist', name));

  it('every built file names a map beside it, whose sources are in the package, and hold no path of where it was built', () => {
    const files = made();
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const [, name] = /^\/\/# sourceMappingURL=(.*)$/m.exec(readFileSync(join(installed, file), 'utf8')) ?? [];
      expect(name, file).toBe(`${file.split(/[/\\]/).at(-1)!}.map`);
      const { sources, sourcesContent } = JSON.parse(readFileSync(join(installed, `${file}.map`), 'utf8')) as Map;
      const paths = sources.map((source) => relative(installed, join(installed, dirname(file), source)).replaceAll('\\', '/'));
      expect(paths.filter((path) => !/^src\/.*\.ts$/.test(path) || !existsSync(join(installed, path))), file).toEqual([]);
      expect(sourcesContent, file).toBeUndefined();
    }
  });

  it('what is declared there is found in the sources, at the line that the map says', () => {
    let found = 0;
    for (const file of made()) {
      const map = new SourceMap(JSON.parse(readFileSync(join(installed, `${file}.map`), 'utf8')) as ConstructorParameters<typeof SourceMap>[0]);
      for (const [at, line] of lines(file).entries()) {
        const [text, name] = DECLARED.exec(line) ?? [];
        if (text === undefined) continue;
        const entry = map.findEntry(at, text.length - name.length);
        if (!('originalSource' in entry)) throw new Error(`${file}:${at + 1}: ${name} leads nowhere`);
        // A bundle gives two things of one name numbers.
        expect(lines(join(dirname(file), entry.originalSource))[entry.originalLine], `${file}:${at + 1}`).toContain(name.replace(/\d+$/, ''));
        found++;
      }
    }
    expect(found).toBeGreaterThan(0);
  });
});

/** Programs of users that make a mistake, and where in our sources each comes to light. */
const mistakes = `[
  () => net.connect({ port: 65536 }),
  () => new net.BlockList().addAddress('nowhere'),
  () => new net.SocketAddress({ address: 'nowhere' }),
  () => new net.Socket().write(null),
]`;
const program = (load: string) => `${load}
const traces = ${mistakes}.map((wrong) => { try { wrong(); } catch (error) { return error.stack; } });
console.log(JSON.stringify(traces));`;

const WAYS = [
  ['require', ['-e', program("const net = require('@netstrata/net-compat');")]],
  ['import', ['--input-type=module', '-e', program("import net from '@netstrata/net-compat';")]],
  // The ES module that bundlers and other runtimes get.
  ['import, without the module for Node', ['--no-addons', '--input-type=module', '-e', program("import net from '@netstrata/net-compat';")]],
] as const;

it.each(WAYS)('a stack trace of a program with --enable-source-maps names our files and lines: %s', async (_, args) => {
  const cwd = join(consumers, 'net-compat');
  const { stdout } = await promisify(execFile)(process.execPath, ['--enable-source-maps', ...args], { cwd, env: { ...process.env, NODE_OPTIONS: '' } });
  const traces = (JSON.parse(stdout) as string[]).map((trace) => trace.split('\n').filter((line) => line.includes('@netstrata')));
  for (const trace of traces) {
    expect(trace.length).toBeGreaterThan(0);
    let called: string | undefined;
    for (const frame of trace) {
      const [, where, file, line, column] = /at (.*) \((?:file:\/\/)?(.*\/@netstrata\/[\w-]+\/src\/.*\.ts):(\d+):(\d+)\)$/.exec(frame) ?? [];
      expect(file, frame).toBeDefined();
      const text = readFileSync(file, 'utf8').split('\n')[Number(line) - 1].slice(Number(column) - 1);
      // At its line and column each function calls the one above, and the first one what made the error.
      expect(text, frame).toMatch(new RegExp(`^(new )?[\\w.#]*${called ?? ''}\\(`));
      called = /(\w+)(?: \[as \w+\])?$/.exec(where)?.[1];
    }
  }
  expect(traces.map((trace) => /\/src\/.*\.ts/.exec(trace[0])![0])).toEqual([
    '/src/dial/connect.ts', '/src/errors/errors.ts', '/src/errors/errors.ts', '/src/base/errors.ts',
  ]);
});
