import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the gateway's own pages have to know. */
export interface Health {
  readonly isDraining: boolean;
}

const OK = 200;
const NOT_FOUND = 404;
const NOT_ALLOWED = 405;
const UPGRADE_REQUIRED = 426;
const UNAVAILABLE = 503;

const WHAT = 'This is a netstrata gateway: it takes WebSockets of tunnels, and has no pages.';

const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

function answer(response: ServerResponse, status: number, text: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { ...plain, ...headers });
  response.end(response.req.method === 'HEAD' ? undefined : `${text}\n`);
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0];

/** Whether it reads. Who writes is answered, and its body is not waited for. */
function reads(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true;
  answer(response, NOT_ALLOWED, WHAT, { allow: 'GET, HEAD', connection: 'close' });
  return false;
}

function tellHealth(response: ServerResponse, { isDraining }: Health): void {
  if (isDraining) answer(response, UNAVAILABLE, 'draining');
  else answer(response, OK, 'ok');
}

/** Requests to the port of the tunnels that are no WebSockets. `path` is theirs. */
export function answerPages(health: () => Health, path: string) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (!reads(request, response)) return;
    const asked = pathOf(request);
    if (asked === '/healthz') tellHealth(response, health());
    else if (asked !== path) answer(response, NOT_FOUND, WHAT, { connection: 'close' });
    else answer(response, UPGRADE_REQUIRED, WHAT, { upgrade: 'websocket', connection: 'upgrade, close' });
  };
}

/** Requests to the port of the metrics. */
export function answerMetrics(health: () => Health, metrics: { text(): Promise<string>; readonly contentType: string }) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (!reads(request, response)) return;
    const asked = pathOf(request);
    if (asked === '/healthz') tellHealth(response, health());
    else if (asked !== '/metrics') answer(response, NOT_FOUND, 'The metrics of a netstrata gateway are at /metrics.');
    else {
      metrics.text().then(
        (text) => answer(response, OK, text.trimEnd(), { 'content-type': metrics.contentType }),
        () => answer(response, UNAVAILABLE, 'the metrics cannot be read'),
      );
    }
  };
}
