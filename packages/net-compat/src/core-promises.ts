export { promisesOf } from './promises/net-promises.js';
export { serve, type Handler, type ServeContext, type ServeOptions } from './promises/serve.js';
export { close, type Closed, type CloseOptions } from './promises/close.js';
export { closeAllConnections } from './promises/connections.js';
export type { NetPromises, PromisedListenOptions } from './api/promised.js';
