import { compliance } from '@netstrata/transport/compliance';
import { tcp } from '@netstrata/transport-tcp';
import { describe, it } from 'vitest';
import { createGateway } from '../src/index.js';
import { tunnelOver } from '../src/tunnel/tunnel.js';
import { carriedBy } from './support/carriers.js';

const listenEndpoint = () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' }) as const;
const gateway = createGateway({ allow: ['0.0.0.0/0', '::/0', 'localhost'], listen: ['0.0.0.0/0', '::/0'] });
const transport = tunnelOver(await carriedBy(gateway, tcp, listenEndpoint(), tcp));

// The same over a network in memory and a WebSocket is in `npm test`; this takes 17 seconds.
compliance({ describe: describe.skipIf(process.env.NETSTRATA_QUICK === '1'), it }, { name: 'a tunnel over TCP', transport, listening: tcp, listenEndpoint });
