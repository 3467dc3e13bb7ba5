import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, it } from 'vitest';
import { folders } from '../../layers.mjs';
import { tarball } from '../../stage.mjs';

describe.each(folders)('the tarball of %s', (folder) => {
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
