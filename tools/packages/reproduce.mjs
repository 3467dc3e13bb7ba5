// Makes the tarballs of a revision twice, in clones in two folders, without a cache, and compares them byte for byte.
//   npm run reproduce                a revision that is checked out
//   npm run reproduce -- REVISION    another one, a tag of a release
// It prints what a registry calls the `integrity` of each: sha512, in base64.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a command. On Windows programs of npm are shell scripts. */
async function run(cwd, [file, ...args], env = {}) {
  const isScript = process.platform === 'win32' && file !== 'git';
  const done = promisify(execFile)(file, args, { cwd, env: { ...process.env, ...env }, shell: isScript, maxBuffer: Infinity });
  const { stdout } = await done.catch((error) => { throw new Error(`${file} ${args.join(' ')}\n${error.stdout}${error.stderr}`); });
  return stdout.trim();
}

/** Makes all tarballs of a commit as a release does, in a new clone. Name -> integrity. */
async function make(clone, commit) {
  await run(root, ['git', 'clone', '--quiet', '--no-checkout', root, clone]);
  await run(clone, ['git', 'checkout', '--quiet', '--detach', commit]);
  const { packageManager } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8'));
  console.log(`installing in ${clone}`);
  await run(clone, ['npx', '--yes', packageManager, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'], { npm_config_loglevel: 'notice' });
  console.log(`building in ${clone}`);
  const PATH = `${join(clone, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
  await run(clone, ['turbo', 'run', 'tarballs', '--force', '--output-logs=errors-only'], { PATH, TURBO_CACHE_DIR: join(clone, '.turbo/cache'), TURBO_TELEMETRY_DISABLED: '1' });
  const folder = join(clone, 'tarballs');
  const integrity = (name) => `sha512-${createHash('sha512').update(readFileSync(join(folder, name))).digest('base64')}`;
  return new Map(readdirSync(folder).sort().map((name) => [name, integrity(name)]));
}

const commit = await run(root, ['git', 'rev-parse', '--verify', `${process.argv[2] ?? 'HEAD'}^{commit}`]);
if (process.argv[2] === undefined && await run(root, ['git', 'status', '--porcelain']) !== '') console.log('what is not committed is left out');
const folder = mkdtempSync(join(tmpdir(), 'netstrata-reproduce-'));
const clean = () => rmSync(folder, { recursive: true, force: true });
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.once(signal, () => { clean(); process.kill(process.pid, signal); });
try {
  // Paths of different depth and length: neither may get into a tarball.
  const [one, other] = await Promise.all([make(join(folder, 'one'), commit), make(join(folder, 'elsewhere/deeper/other'), commit)]);
  console.log(`${commit}, Node ${process.version}`);
  for (const [name, integrity] of one) console.log(`${name.padEnd(50)} ${integrity}${integrity === other.get(name) ? '' : `\n${'DIFFERS'.padEnd(50)} ${other.get(name)}`}`);
  if (one.size === 0 || other.size !== one.size || [...one].some(([name, integrity]) => other.get(name) !== integrity)) process.exitCode = 1;
} finally {
  clean();
}
