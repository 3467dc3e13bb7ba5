import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Tarball } from './pack.js';

/** What publint finds in the packed package. Suggestions count too: there are none that we would not take. */
export async function publintProblems({ file }: Tarball): Promise<string[]> {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  const tarball = buffer.slice(byteOffset, byteOffset + byteLength);
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  return messages.map((message) => `${message.type}: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
}

/** attw's profile `node16`: what resolves as Node 10 did cannot see subpaths, and no Node that we support does. */
const isOfNode10 = (problem: Problem) => 'resolutionKind' in problem && problem.resolutionKind === 'node10';

function describe(problem: Problem): string {
  const { kind, ...where } = problem;
  return `${kind}: ${JSON.stringify(where)}`;
}

/** What attw finds in the packed package: types that are missing, or say something else than the code, for any entry. */
export async function attwProblems({ file }: Tarball): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(file)));
  if (!analysis.types) return ['the package has no types'];
  return analysis.problems.filter((problem) => !isOfNode10(problem)).map(describe);
}
