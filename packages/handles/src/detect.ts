import type { HandleDriver } from './contract/handle-driver.js';
import { loadBindings } from './libuv/binding/bindings.js';
import { createLibuvDriver } from './libuv/libuv-driver.js';
import { createNodeNetDriver } from './node-net/node-net-driver.js';

/** Owns which driver a process has. */

/** The majors whose handles are tested. A changed signature down there can abort the process, so others get `host`. */
const TESTED_MAJORS = new Set([20, 22, 24, 26]);

let chosen: HandleDriver | undefined;

/**
 * The driver of this process, chosen once: `libuv` where Node has its handles within reach and its major is one that
 * is tested, `host` elsewhere. The environment variable NETSTRATA_DRIVER forces either.
 */
export function getDriver(): HandleDriver {
  return (chosen ??= chooseDriver());
}

function chooseDriver(): HandleDriver {
  const forced = process.env['NETSTRATA_DRIVER'] || undefined;
  const isUnknown = forced !== undefined && forced !== 'host' && forced !== 'libuv';
  if (isUnknown) throw new Error(`NETSTRATA_DRIVER is '${forced}': it can be 'libuv' or 'host'`);
  if (forced === 'host') return createNodeNetDriver();
  const bindings = forced === 'libuv' || isTestedNode() ? loadBindings() : null;
  if (bindings !== null) return createLibuvDriver(bindings);
  if (forced === 'libuv') throw new Error('NETSTRATA_DRIVER=libuv: this runtime does not give its handles away');
  return createNodeNetDriver();
}

function isTestedNode(): boolean {
  const versions = process.versions as Record<string, string | undefined>;
  if (versions['bun'] !== undefined || versions['deno'] !== undefined) return false;
  return TESTED_MAJORS.has(Number.parseInt(process.versions.node, 10));
}
