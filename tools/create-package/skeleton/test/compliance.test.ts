import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { carrierPigeon } from '../src/carrier-pigeon.js';

let names = 0;

compliance(
  { describe, it },
  {
    transport: carrierPigeon,
    // A free endpoint with every call.
    listenEndpoint: () => ({ path: `name-${++names}` }),
  },
);
