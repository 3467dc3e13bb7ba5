import type { IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { readSettings, type Flags } from '../../src/config/index.js';
import type { Verify } from '../../src/contract/options.js';
import { createGateway } from '../../src/index.js';
import { Log } from '../../src/logs/index.js';
import { Service } from '../../src/service/index.js';
import { FakeGateway } from './fake-gateway.js';

export interface Line {
  readonly level: string;
  readonly event: string;
  readonly [field: string]: unknown;
}

/** A log whose lines are kept. */
export function keptLog(level = 'debug'): { readonly log: Log; readonly lines: Line[] } {
  const lines: Line[] = [];
  return { log: new Log(level, { write: (text: string) => { lines.push(JSON.parse(text) as Line); } }), lines };
}

/** A service on free ports, around a gateway that takes nothing. */
export async function start(flags: Flags = {}) {
  const { log, lines } = keptLog();
  let gateway!: FakeGateway;
  const settings = readSettings({ listen: '127.0.0.1:0', ...flags }, {});
  const service = new Service(settings, log, (options) => (options.server === undefined ? createGateway(options) : (gateway = new FakeGateway(options))));
  onTestFinished(() => { service.close(); });
  await service.start();
  const { url, metrics } = lines.find(({ event }) => event === 'start') as unknown as { url: string; metrics: string };
  const { host, port } = new URL(url);
  return { service, gateway, lines, host, port: Number(port), site: `http://${host}`, metrics };
}

/** What a gateway answers to a token. */
export function admits({ options }: FakeGateway, token: string | null, headers: Readonly<Record<string, string>> = {}): unknown {
  return (options.token as Verify)(token, { headers, socket: {} } as unknown as IncomingMessage);
}
