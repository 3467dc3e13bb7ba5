import { createConnection } from './api/default-net.js';
import { getDefaultNet } from './api/net.js';
import { promisesOf } from './promises/net-promises.js';

export * from './core-promises.js';

/** `connect` and `listen` of the default net. */
export const { connect, listen } = promisesOf(getDefaultNet(createConnection));
