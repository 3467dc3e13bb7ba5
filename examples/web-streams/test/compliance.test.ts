import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { inProcess, overWebStreams } from '../src/index.js';

let names = 0;

compliance(
  { describe, it },
  {
    transport: overWebStreams(inProcess()),
    listenEndpoint: () => ({ path: `name-${++names}` }),
  },
);
