import { environment } from '@netstrata/stream-core';
import type { HandleDriver } from './contract/handle-driver.js';
import { loadBindings } from './libuv/binding/bindings.js';
import { createLibuvDriver } from './libuv/libuv-driver.js';
import { createNodeNetDriver } from './node-net/node-net-driver.js';
import { isTested, runtimeOf } from './tested-versions.js';

/** Owns which driver a process has. */

const NAMES: readonly (string | undefined)[] = ['libuv', 'bun', 'host'];

let chosen: HandleDriver | undefined;

/** Makes the driver over Bun's sockets, or null where Bun has not what that needs. */
type CreateBunDriver = (createHost: () => HandleDriver) => HandleDriver | null;

/** The driver of this process, chosen once. Null for Bun's is for files that are not for Bun. */
export function driverOf(createBunDriver: CreateBunDriver | null): HandleDriver {
  return (chosen ??= chooseDriver(createBunDriver));
}

function chooseDriver(createBunDriver: CreateBunDriver | null): HandleDriver {
  const forced = (environment('NETSTRATA_DRIVER') as string | undefined) || undefined;
  if (forced !== undefined && !NAMES.includes(forced)) {
    throw new Error(`NETSTRATA_DRIVER is '${forced}': it can be 'libuv', 'bun' or 'host'`);
  }
  if (forced === 'host') return createNodeNetDriver();
  const versions = process.versions as Readonly<Record<string, string | undefined>>;
  const runtime = runtimeOf(versions);
  const name = forced ?? (runtime === 'bun' ? 'bun' : 'libuv');
  const native = forced !== undefined || isTested(versions) ? nativeDriver(name, runtime, createBunDriver) : null;
  if (native !== null) return native;
  if (forced !== undefined) throw new Error(`NETSTRATA_DRIVER=${forced}: this runtime does not give its handles away`);
  return createNodeNetDriver();
}

/** Null where the runtime has not what that driver needs, or refuses it. */
function nativeDriver(name: string, runtime: string, createBunDriver: CreateBunDriver | null): HandleDriver | null {
  if (name === 'bun') return runtime === 'bun' && createBunDriver !== null ? createBunDriver(createNodeNetDriver) : null;
  const bindings = loadBindings();
  return bindings === null ? null : createLibuvDriver(bindings);
}
