import type { Net } from './api/net.js';
import { promised } from './api/promised.js';
import { promisesOf } from './promises/net-promises.js';

export { promisesOf };
export { serve, type Handler, type ServeContext, type ServeOptions } from './promises/serve.js';
export { close, type Closed, type CloseOptions } from './promises/close.js';
export { closeAllConnections } from './promises/connections.js';
export type { NetPromises, PromisedConnect, PromisedListen, PromisedListenOptions } from './api/promised.js';

promised.of = (net) => promisesOf(net as Net);
