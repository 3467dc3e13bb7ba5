import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, it } from 'vitest';
import { folders, manifests } from '../../layers.mjs';
import { tarball } from '../../stage.mjs';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

interface Entry { readonly name: string; readonly mode: number; readonly changed: number; readonly type: string; readonly text: string }

/** The entries of a tarball (POSIX ustar), as they are there. */
function* entriesOf(folder: string): Generator<Entry> {
  const bytes = gunzipSync(readFileSync(tarball(folder)));
  const text = (from: number, length: number) => bytes.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  const octal = (from: number, length: number) => Number.parseInt(text(from, length), 8);
  for (let at = 0; bytes[at] !== 0;) {
    const size = octal(at + 124, 12);
    const name = [text(at + 345, 155), text(at, 100)].filter(Boolean).join('/');
    yield { name, mode: octal(at + 100, 8) & 0o777, changed: octal(at + 136, 12), type: text(at + 156, 1), text: bytes.toString('utf8', at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

describe.each(folders)('the tarball of %s', (folder) => {
  it('holds what is built, its sources and three documents, as plain files of one date, and only programs can be run', () => {
    const programs = Object.values(manifests[folder].bin ?? {}).map((file) => file.replace('./', 'package/'));
    const entries = [...entriesOf(folder)];
    const names = entries.map(({ name }) => name);
    expect(names.filter((name) => !/^package\/(?:package\.json|LICENSE|README\.md|CHANGELOG\.md|dist\/.*\.(?:mjs|(?:js|cjs|d\.ts|d\.cts)(?:\.map)?)|src\/.*\.ts)$/.test(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['package/package.json', 'package/LICENSE', 'package/README.md', ...programs]));
    const other = entries.filter(({ name, mode, changed, type }) => type !== '0' || changed !== entries[0].changed || mode !== (programs.includes(name) ? 0o755 : 0o644));
    expect(other.map(({ name, mode, changed, type }) => ({ name, mode: mode.toString(8), changed, type }))).toEqual([]);
  });

  it('runs nothing when it is installed, and names nothing of where it was made', () => {
    const entries = [...entriesOf(folder)];
    const manifest = JSON.parse(entries.find(({ name }) => name === 'package/package.json')!.text) as Record<string, unknown>;
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(scripts|devDependencies|gypfile)$/)]));
    expect(JSON.stringify([manifest.exports, manifest.dependencies])).not.toMatch(/"(?:workspace|catalog|file|link|git[^"]*|https?):|"source"/);
    expect(entries.filter(({ text }) => text.includes(root)).map(({ name }) => name)).toEqual([]);
  });

  it('is sound for publint, suggestions included', async () => {
    const { buffer, byteOffset, byteLength } = readFileSync(tarball(folder));
    const { messages, pkg } = await publint({ pack: { tarball: buffer.slice(byteOffset, byteOffset + byteLength) }, strict: true });
    expect(messages.map((message) => `${message.type}: ${formatMessage(message, pkg, { color: false }) ?? message.code}`)).toEqual([]);
  });

  it('has types that say what the code does, for attw', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball(folder))));
    if (!analysis.types) throw new Error('the package has no types');
    // The profile `node16`: what resolves as Node 10 did cannot see subpaths, and no Node that we support does.
    expect(analysis.problems.filter((problem) => !('resolutionKind' in problem && problem.resolutionKind === 'node10'))).toEqual([]);
  });
});
