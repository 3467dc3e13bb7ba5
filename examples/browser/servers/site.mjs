import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createGateway } from '@netstrata/gateway';
import { preview } from 'vite';
import { ca } from './servers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Seconds in which a token has to be used, and after which its carrier gets no new streams. */
const TOKEN_SECONDS = 300;

/** Tokens for one carrier each, and for minutes. A stolen one has been used. */
function tokens() {
  const valid = new Map();
  const now = () => Math.floor(Date.now() / 1000);
  return {
    issue() {
      for (const [token, { exp }] of valid) if (exp < now()) valid.delete(token);
      const token = randomBytes(24).toString('base64url');
      valid.set(token, { sub: 'a visitor', exp: now() + TOKEN_SECONDS });
      return token;
    },
    verify(token) {
      const claims = valid.get(token);
      valid.delete(token);
      return claims !== undefined && claims.exp > now() && claims;
    },
  };
}

/**
 * A site as it could stand in the world: the built page, what it has to know at `/settings.json`, and at `/tunnel` a gateway to these servers and nowhere else.
 * @param {Record<string, { host: string, port: number }>} where
 * @returns {Promise<{ url: string, gateway: import('@netstrata/gateway').Gateway, close(): Promise<void> }>}
 */
export async function openSite(where, { allow = [], port = 0, ...options } = {}) {
  const { issue, verify } = tokens();
  const servers = Object.fromEntries(Object.entries(where).map(([name, { folder: _, path: __, ...access }]) => [name, access]));
  const lines = new Set();
  const settings = {
    name: 'settings',
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use('/settings.json', (request, response) => {
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ token: issue(), servers, ca }));
      });
      // For a look at what happens then.
      middlewares.use('/cut', (request, response) => {
        for (const socket of lines) socket.resetAndDestroy();
        response.end('cut');
      });
    },
  };
  const site = await preview({ root, logLevel: 'warn', preview: { host: '127.0.0.1', port }, plugins: [settings] });
  site.httpServer.on('upgrade', (_request, socket) => {
    lines.add(socket);
    socket.on('close', () => lines.delete(socket));
  });
  const gateway = createGateway({
    server: site.httpServer,
    path: '/tunnel',
    token: verify,
    allow: [...Object.values(where).map((server) => `${server.host}:${server.port}`), ...allow],
    listen: ['127.0.0.1'],
    ...(where.rediss && { tls: [`localhost:${where.rediss.port}`], tlsCa: ca }),
    ...options,
  });
  return {
    url: `http://127.0.0.1:${site.httpServer.address().port}/`,
    gateway,
    async close() {
      gateway.close();
      await site.close();
    },
  };
}
