import { describe } from 'vitest';
import { startHaproxy } from '../../src/balancers.mjs';
import { programOf } from '../../src/programs.mjs';
import { through } from './support/through.mjs';

const haproxy = await programOf('haproxy');
if (typeof haproxy === 'string') console.log(`HAProxy is not tested: ${haproxy}`);

const sections = (port, site) => `
listen site
  mode http
  timeout tunnel 60s
  bind 127.0.0.1:${port}
  option forwardfor
  server site 127.0.0.1:${site}`;

describe.skipIf(typeof haproxy === 'string')('a reverse proxy', () => {
  through('HAProxy', (port, site) => startHaproxy(haproxy, sections(port, site)));
});
