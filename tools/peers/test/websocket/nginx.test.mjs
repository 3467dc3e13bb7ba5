import { describe } from 'vitest';
import { startNginx } from '../../src/balancers.mjs';
import { programOf } from '../../src/programs.mjs';
import { through } from './support/through.mjs';

const nginx = await programOf('nginx');
if (typeof nginx === 'string') console.log(`nginx is not tested: ${nginx}`);

/** What its manual gives for WebSockets. */
const http = (port, site) => `
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${site};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection upgrade;
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
    }
  }`;

describe.skipIf(typeof nginx === 'string')('a reverse proxy', () => {
  through('nginx', (port, site) => startNginx(nginx, { http: http(port, site) }));
});
