export type { Driver } from './contract/handle-driver.js';
export { getDriver } from './detect.js';
export { createHostDriver } from './node-net/node-net-driver.js';
