import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '@netstrata/report';
import { MODES, typeProblems } from './consumer-types.js';
import { install, load, publicEntries, requireProblems, strangers, type Consumer } from './consumer.js';
import { attwProblems, publintProblems } from './lint-tarball.js';
import { pack, type Tarball } from './pack.js';
import { specifier, type Workspace } from './workspace.js';

/** Packages whose users need nothing beside them: no other package, and not Node's types. */
const ALONE = new Set(['ip-utils']);

async function checkUse(report: Report, consumer: Consumer): Promise<void> {
  const { folder } = consumer.tarball.package;
  const alone = ALONE.has(folder);
  if (alone) await report.check(`alone: ${folder} brings nothing along`, () => strangers(consumer));
  for (const entry of publicEntries(consumer)) {
    const name = specifier(consumer.tarball.package, entry);
    await report.check(`import: ${name}`, async () => (await load(consumer, entry, 'import')).problems);
    await report.check(`require: ${name}`, () => requireProblems(consumer, entry));
  }
  for (const [name, mode] of Object.entries(MODES)) {
    await report.check(`types: ${folder} (${name})`, () => typeProblems(consumer, mode, !alone));
  }
}

async function checkTarball(report: Report, tarball: Tarball, all: readonly Tarball[], area: string): Promise<void> {
  const { folder } = tarball.package;
  await report.check(`publint: ${folder}`, () => publintProblems(tarball));
  await report.check(`attw: ${folder}`, () => attwProblems(tarball));
  const { consumer, problems } = await install(tarball, all, join(area, 'consumers', folder));
  await report.check(`install: ${folder}`, () => problems);
  if (problems.length === 0) await checkUse(report, consumer);
}

/** Packs every package, and tries each as a stranger would meet it. */
export async function checkPackages(workspace: Workspace, report: Report): Promise<void> {
  // The compiler reports real paths, so a temporary folder behind a symbolic link would not be recognised.
  const area = realpathSync(mkdtempSync(join(tmpdir(), 'netstrata-packages-')));
  try {
    const { tarballs, problem } = await pack(workspace, area);
    for (const one of workspace.packages) {
      const packed = tarballs.find((tarball) => tarball.package === one);
      await report.check(`pack: ${one.folder}`, () => (packed ? [] : [problem]));
      if (packed) await checkTarball(report, packed, tarballs, area);
    }
  } finally {
    rmSync(area, { recursive: true, force: true });
  }
}
