import { install } from './install.mjs';
import { run, turbo } from './spawn.mjs';

/** Makes a transport package; what it needs for that is installed and built first. */
export async function createPackage(args) {
  return (
    (await install()) ||
    (await run(turbo('build', '--filter=@netstrata/check-workspace', '--output-logs=errors-only'))) ||
    (await run([process.execPath, 'tools/create-package/dist/cli.js', ...args]))
  );
}
