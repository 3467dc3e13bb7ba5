import { compliance } from '@netstrata/transport/compliance';
import { tcp } from '@netstrata/transport-tcp';
import { describe, it } from 'vitest';
import { createGateway } from '../src/index.js';
import { tunnelOver } from '../src/tunnel/tunnel.js';
import { carriedBy } from './support/carriers.js';

const listenEndpoint = () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' }) as const;
const gateway = createGateway({ allow: ['0.0.0.0/0', '::/0', 'localhost'], listen: ['0.0.0.0/0', '::/0'] });
const transport = tunnelOver(await carriedBy(gateway, tcp, listenEndpoint(), tcp));

compliance({ describe, it }, { name: 'a tunnel over TCP', transport, listening: tcp, listenEndpoint });
