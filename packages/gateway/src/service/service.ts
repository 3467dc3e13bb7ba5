import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addressPolicy } from '@netstrata/ip-utils/policy';
import { Timeout, timersOf } from '@netstrata/transport/layers';
import { flagOf, type ListenAddress, type SettingName, type Settings } from '../config/index.js';
import type { Gateway } from '../contract/gateway.js';
import type { Verify } from '../contract/options.js';
import { WaitingSockets, answerMetrics, answerPages, webServer, type TlsFiles } from '../http/index.js';
import type { Log } from '../logs/index.js';
import { Metrics } from '../metrics/index.js';
import type { Admission } from './admission.js';
import { gatewayOptions, type MakeGateway } from './gateway-options.js';
import { prepare } from './prepare.js';

/** A gateway with all around it: its port, pages, tokens, certificate, metrics, log. */
export class Service {
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #tls: TlsFiles | null;
  readonly #metrics: Metrics;
  readonly #admission: Admission;
  readonly #server: Server;
  readonly #metricsServer: Server | null;
  readonly #gateway: Gateway;

  /** Throws ConfigError; nothing listens yet. */
  constructor(settings: Settings, log: Log, make: MakeGateway) {
    const warn = (text: string) => { log.logger.warn({ event: 'configuration' }, text); };
    const { trust, maxCarriers, path, metricsListen } = settings;
    this.#settings = settings;
    this.#log = log;
    const { tls, admission } = prepare(settings, make, warn, (error) => {
      this.#metrics.tokenRefused(error.fault);
      log.tokenRefused(error.fault, error.message);
    });
    this.#tls = tls;
    this.#admission = admission;
    this.#metrics = new Metrics({ gateway: () => this.#gateway, certificateUntil: () => this.#tls?.until ?? null });
    const health = () => this.#gateway;
    const proxies = addressPolicy({ allow: trust });
    const isProxy = (address: string) => proxies.check(address).allowed;
    const waiting = new WaitingSockets(isProxy);
    this.#server = webServer({ answer: answerPages(health, path), carriers: maxCarriers, tls: this.#tls, waiting });
    this.#metricsServer = metricsListen === undefined ? null : webServer({ answer: answerMetrics(health, this.#metrics) });
    const verify: Verify = (token, request) => {
      const answer = this.#admission.verify(token, request);
      // Whoever is refused goes on waiting, until it is gone: that shows once it is answered.
      const look = () => setImmediate(() => { if (!request.socket.writableEnded) waiting.upgraded(request.socket); });
      Promise.resolve(answer).then(look, look);
      return answer;
    };
    this.#gateway = make(gatewayOptions(settings, this.#server, verify, [log.events, this.#metrics.events]));
  }

  /** Listens. Rejects with the error of a port that cannot be had. */
  async start(): Promise<void> {
    const { listen, metricsListen, tlsCert } = this.#settings;
    const at = await listening(this.#server, 'listen', listen);
    const metrics = this.#metricsServer && await listening(this.#metricsServer, 'metricsListen', metricsListen!);
    const scheme = tlsCert === undefined ? 'ws' : 'wss';
    const where = { url: `${scheme}://${at}`, ...(metrics && { metrics: `http://${metrics}/metrics` }) };
    this.#log.logger.info({ event: 'start', ...where }, 'the gateway is ready');
  }

  /** Reads certificate and tokens again. What cannot be read is logged, and what there was stays. */
  reload(): void {
    const { logger } = this.#log;
    const attempt = (what: string, read: () => void) => {
      try {
        read();
        logger.info({ event: 'reload' }, `${what}: read again`);
      } catch (error) {
        logger.error({ event: 'reload', error: (error as Error).message }, `${what}: what there was stays`);
      }
    };
    if (this.#tls !== null) attempt('certificate', () => this.#tls?.reload());
    attempt('tokens', () => { this.#admission.reload(); });
  }

  /** Takes nothing new, waits for what there is as long as `grace` says, and ends. */
  async drain(): Promise<void> {
    const { grace } = this.#settings;
    const { carriers, streams } = this.#gateway;
    this.#log.logger.info({ event: 'drain', carriers, streams, grace }, 'draining: nothing new is taken');
    let cut = 0;
    const over = new Timeout(timersOf(undefined));
    // Begun before the gateway's own, so it comes before that.
    over.start(grace, () => { cut = this.#gateway.streams; });
    await this.#gateway.drain(grace);
    over.stop();
    this.close();
    const how = cut === 0 ? 'all streams had ended' : 'the grace was over, streams were cut';
    this.#log.logger.info({ event: 'end', cut }, `ended: ${how}`);
  }

  /** Ends at once. */
  close(): void {
    this.#gateway.close();
    for (const server of [this.#server, this.#metricsServer]) {
      server?.close();
      server?.closeAllConnections();
    }
  }
}

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there. End it, or choose another port',
  EACCES: 'this user may not. Ports below 1024 want a privilege: choose a higher one',
  EADDRNOTAVAIL: 'this machine has no such address',
};

/** Where it listens: address and port as in a URL. Rejects with what to do. */
async function listening(server: Server, name: SettingName, { host, port }: ListenAddress): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = Object.hasOwn(WHY, error.code ?? '') ? WHY[error.code!] : 'it cannot be had';
      reject(new Error(`${flagOf(name)}: ${why} (${error.message})`, { cause: error }));
    }).listen({ port, ...(host === null ? {} : { host }) }, resolve);
  });
  server.removeAllListeners('error');
  const { address, family, port: bound } = server.address() as AddressInfo;
  return `${family === 'IPv6' ? `[${address}]` : address}:${bound}`;
}
