import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { proxyProtocol } from '../src/proxy-protocol.js';

let names = 0;

compliance(
  { describe, it },
  {
    transport: proxyProtocol,
    // A free endpoint with every call.
    listenEndpoint: () => ({ path: `name-${++names}` }),
  },
);
