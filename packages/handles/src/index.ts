export type { Driver } from './driver.js';
export { getDriver } from './detect.js';
export { createHostDriver } from './host/host-driver.js';
