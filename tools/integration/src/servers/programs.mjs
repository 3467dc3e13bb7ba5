import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache/debian/', import.meta.url));

/** Runs a program of apt and shows its output, so that a slow one is not taken for a hanging one. */
function apt(...args) {
  const running = run('apt-get', args);
  running.child.stdout.pipe(process.stdout, { end: false });
  return running;
}

/** The folders below a root in which Debian has programs: Chromium itself before the script that looks for it below `/`; the newest version of PostgreSQL first. */
function places(root) {
  const versions = join(root, 'usr/lib/postgresql');
  const numbers = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  return [...['usr/lib/chromium', 'usr/bin', 'usr/sbin'].map((folder) => join(root, folder)), ...numbers.map((number) => join(versions, number, 'bin'))];
}

function search(program, folders) {
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** Where the libraries of unpacked packages are. */
function libraries(root) {
  return ['usr/lib', 'lib'].flatMap((lib) => {
    const folder = join(root, lib);
    return existsSync(folder) ? [folder, ...readdirSync(folder).filter((name) => name.includes('-linux-gnu')).map((name) => join(folder, name))] : [];
  });
}

/**
 * Downloads packages and what they need beyond what is installed. apt uses lists and folders of ours, so this needs no
 * root, and the system does not change. Returns the folder with the files.
 */
async function download(packages) {
  const target = join(cache, packages.join('+'));
  if (existsSync(target)) return target;
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'download-'));
  try {
    const archives = join(folder, 'archives');
    const lists = join(folder, 'lists');
    for (const one of [archives, lists]) mkdirSync(join(one, 'partial'), { recursive: true });
    const options = {
      'Dir::State::Lists': lists,
      'Dir::Cache::Archives': archives,
      'Dir::Cache::pkgcache': '',
      'Dir::Cache::srcpkgcache': '',
      'Acquire::Languages': 'none',
      'Acquire::http::Timeout': '20',
      'APT::Sandbox::User': 'root',
      'Debug::NoLocking': 'true',
    };
    const flags = ['-q', ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
    console.log('  … the lists of packages');
    // Without a network it only warns, and then finds no package.
    const { stderr: warnings } = await apt(...flags, 'update');
    console.log(`  … ${packages.join(', ')}`);
    const install = apt(...flags, '--yes', '--no-install-recommends', '--download-only', 'install', ...packages);
    await install.catch((error) => Promise.reject(Object.assign(error, { stderr: `${warnings}${error.stderr}` })));
    renameSync(archives, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return target;
}

/** A program that `findPrograms` has unpacked into a folder before, if it has. @returns {{ file: string, env: Record<string, string> } | null} */
export function unpackedProgram(program, folder) {
  const file = search(program, places(folder));
  return file ? { file, env: { LD_LIBRARY_PATH: libraries(folder).join(':') } } : null;
}

/** Why there are no packages, in one line. */
function reasonOf(error) {
  const line = `${error.stderr ?? ''}`.split('\n').find((text) => /^[EW]:/.test(text)) ?? error.message.split('\n')[0];
  return `not installed, and Debian's packages cannot be had: ${line}`;
}

/**
 * Programs of Debian's packages: those of the system, and missing ones unpacked into a folder.
 * @param {Record<string, string>} wanted the package of each program, or several with a space between them
 * @param {string} folder
 * @returns {Promise<Record<string, { file: string, env: Record<string, string> } | string>>} where each is, or why it is not
 */
export async function findPrograms(wanted, folder) {
  const system = [...(process.env.PATH ?? '').split(delimiter), ...places('/')];
  const found = Object.fromEntries(Object.keys(wanted).map((program) => [program, search(program, system)]));
  const missing = Object.keys(wanted).filter((program) => !found[program]);
  let reason = '';
  if (missing.length > 0) {
    try {
      const archives = await download(missing.flatMap((program) => wanted[program].split(' ')).sort());
      for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb'))) await run('dpkg-deb', ['-x', join(archives, name), folder]);
    } catch (error) {
      reason = reasonOf(error);
    }
  }
  return Object.fromEntries(
    Object.entries(found).map(([program, file]) => {
      if (file) return [program, { file, env: {} }];
      return [program, unpackedProgram(program, folder) ?? (reason || `the package ${wanted[program]} has no ${program}`)];
    }),
  );
}
