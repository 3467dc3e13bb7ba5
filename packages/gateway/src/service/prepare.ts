import { attemptAll, type Settings } from '../config/index.js';
import { TlsFiles } from '../http/index.js';
import { Admission, type OnRefused } from './admission.js';
import { checkRules, readCa, type MakeGateway } from './gateway-options.js';
import { refuseOpenProxy } from './safety.js';

/** What a gateway needs of the files that its settings name. */
export interface Prepared {
  readonly tls: TlsFiles | null;
  readonly admission: Admission;
}

/** Checks all that settings name: rules, files, and that not everybody could use it. Throws ConfigError with everything that is wrong. */
export function prepare(settings: Settings, make: MakeGateway, warn: (text: string) => void, onRefused: OnRefused = () => {}): Prepared {
  const { tlsCert, tlsKey } = settings;
  const [,,, tls, admission] = attemptAll(
    () => refuseOpenProxy(settings),
    () => checkRules(settings, make),
    () => readCa(settings),
    () => (tlsCert === undefined ? null : new TlsFiles(tlsCert, tlsKey!, warn)),
    () => new Admission(settings, onRefused, warn),
  );
  return { tls, admission };
}
