import './globals.js';
import * as net from './stand-ins/net.js';
import * as mail from './clients/mail.js';
import * as mqtt from './clients/mqtt.js';
import * as postgres from './clients/postgres.js';
import * as redis from './clients/redis.js';
import { showLocal } from './local/local.js';
import { showCarrier } from './page/carrier.js';
import { showClients } from './page/clients.js';
import { followSockets, showConnections } from './page/connections.js';
import { showListen } from './page/listen.js';
import { showPostgres } from './page/query.js';
import { showRefused } from './page/refused.js';
import { showTabs } from './page/tabs.js';

followSockets(net.default);
showTabs();
showCarrier(net.carrier);
showConnections();
showPostgres();
showClients();
showListen();
showRefused();
showLocal();

// For the console, and for tests.
Object.assign(globalThis, { net: net.default, carrier: net.carrier, clients: { mail, mqtt, postgres, redis } });
document.documentElement.dataset.ready = '';
