import type { HandleDriver } from './contract/handle-driver.js';
import { driverOf } from './detect.js';

/** The driver of this process, chosen once, as `getDriver` of the whole package does it: on Bun it is `host`. */
export function getDriver(): HandleDriver {
  return driverOf(null);
}
