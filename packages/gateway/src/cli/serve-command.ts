import type { Settings } from '../config/index.js';
import { Log } from '../logs/index.js';
import { Service, type MakeGateway } from '../service/index.js';
import { EXIT, exitCodeOf, type EndSignal } from './exit-codes.js';

/** Runs a gateway until a signal ends it. Resolves with the exit code; rejects with ConfigError, and with why it cannot listen. */
export async function serve(settings: Settings, make: MakeGateway): Promise<number> {
  const log = new Log(settings.logLevel);
  try {
    const service = new Service(settings, log, make);
    const ended = untilSignal(service, log);
    await service.start();
    return await ended;
  } finally {
    await log.end();
  }
}

function untilSignal(service: Service, log: Log): Promise<number> {
  return new Promise((resolve) => {
    let draining = false;
    const end = (signal: EndSignal): void => {
      if (draining) {
        log.logger.warn({ event: 'end', signal }, 'a second signal: ended at once');
        resolve(exitCodeOf(signal));
        return;
      }
      draining = true;
      void service.drain().then(() => { resolve(EXIT.ok); });
    };
    process.on('SIGTERM', end);
    process.on('SIGINT', end);
    process.on('SIGHUP', () => { service.reload(); });
    process.on('uncaughtException', (error) => {
      log.logger.fatal({ event: 'fault', error: error.stack }, 'a fault of the program');
      resolve(EXIT.failure);
    });
  });
}
