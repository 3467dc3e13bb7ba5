import { compliance } from '@netstrata/transport/compliance';
import { describe, it } from 'vitest';
import { fortyLines } from '../src/forty-lines.js';

let names = 0;

compliance(
  { describe, it },
  {
    transport: fortyLines,
    listenEndpoint: () => ({ path: `name-${++names} \u00fc` }),
  },
);
