import { createBunDriver } from './bun/bun-driver.js';
import type { HandleDriver } from './contract/handle-driver.js';
import { loadBindings } from './libuv/binding/bindings.js';
import { createLibuvDriver } from './libuv/libuv-driver.js';
import { createNodeNetDriver } from './node-net/node-net-driver.js';
import { isTested, runtimeOf } from './tested-versions.js';

/** Owns which driver a process has. */

const NAMES: readonly (string | undefined)[] = ['libuv', 'bun', 'host'];

let chosen: HandleDriver | undefined;

/**
 * The driver of this process, chosen once: `libuv` on Node and Deno, `bun` on Bun, where the version is one that is tested and gives
 * away what the driver needs; `host` elsewhere. The environment variable NETSTRATA_DRIVER forces one.
 */
export function getDriver(): HandleDriver {
  return (chosen ??= chooseDriver());
}

function chooseDriver(): HandleDriver {
  const forced = process.env['NETSTRATA_DRIVER'] || undefined;
  if (forced !== undefined && !NAMES.includes(forced)) {
    throw new Error(`NETSTRATA_DRIVER is '${forced}': it can be 'libuv', 'bun' or 'host'`);
  }
  if (forced === 'host') return createNodeNetDriver();
  const versions = process.versions as Readonly<Record<string, string | undefined>>;
  const runtime = runtimeOf(versions);
  const native = forced !== undefined || isTested(versions) ? nativeDriver(forced ?? (runtime === 'bun' ? 'bun' : 'libuv'), runtime) : null;
  if (native !== null) return native;
  if (forced !== undefined) throw new Error(`NETSTRATA_DRIVER=${forced}: this runtime does not give its handles away`);
  return createNodeNetDriver();
}

/** Null where the runtime has not what that driver needs, or refuses it. */
function nativeDriver(name: string, runtime: string): HandleDriver | null {
  if (name === 'bun') return runtime === 'bun' ? createBunDriver(createNodeNetDriver) : null;
  const bindings = loadBindings();
  return bindings === null ? null : createLibuvDriver(bindings);
}
