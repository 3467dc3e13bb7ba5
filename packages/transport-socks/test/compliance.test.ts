import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { socks } from '../src/socks.js';

let names = 0;

compliance(
  { describe, it },
  {
    transport: socks,
    // A free endpoint with every call.
    listenEndpoint: () => ({ path: `name-${++names}` }),
  },
);
