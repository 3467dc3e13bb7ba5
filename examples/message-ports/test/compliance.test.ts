import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { overPorts } from '../src/index.js';

const { port1, port2 } = new MessageChannel();
let names = 0;

compliance(
  { describe, it },
  {
    transport: overPorts(port1),
    listening: overPorts(port2),
    listenEndpoint: () => ({ path: `name-${++names}` }),
  },
);
