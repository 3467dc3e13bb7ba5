import { createBunDriver } from './bun/bun-driver.js';
import type { HandleDriver } from './contract/handle-driver.js';
import { driverOf } from './detect.js';

/**
 * The driver of this process, chosen once: `libuv` on Node and Deno, `bun` on Bun, where the version is one that is tested and gives
 * away what the driver needs; `host` elsewhere. The environment variable NETSTRATA_DRIVER forces one.
 */
export function getDriver(): HandleDriver {
  // A function of its own: what waits in a file of its own stays there until Bun asks for it.
  return driverOf((createHost) => createBunDriver(createHost));
}
