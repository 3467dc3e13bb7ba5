import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { guard } from '../src/guard.js';

let names = 0;

compliance(
  { describe, it },
  {
    transport: guard,
    // A free endpoint with every call.
    listenEndpoint: () => ({ path: `name-${++names}` }),
  },
);
