import { ConfigError, flagOf, type Settings } from '../config/index.js';
import { hasTokens, isLocal } from './admission.js';

/** Throws ConfigError for a gateway that everybody could use without that being asked for. */
export function refuseOpenProxy(settings: Settings): void {
  const { listen, openToEveryone, trust } = settings;
  if (hasTokens(settings)) {
    if (openToEveryone !== true) return;
    const why = 'is for a gateway without tokens: with a token file nobody gets in without one';
    throw new ConfigError([`${flagOf('openToEveryone')} ${why}`]);
  }
  if (openToEveryone === true || (isLocal(listen.host) && trust.length === 0)) return;
  const where = trust.length > 0 ? 'It is behind a proxy' : `It listens on ${listen.host ?? 'every address'}`;
  throw new ConfigError([
    `${where}, where others than this machine reach it, and has no tokens: everybody could use it.`,
    `Give ${flagOf('tokenKeyFile')}, ${flagOf('tokenSecretFile')} or ${flagOf('tokenFile')}`
    + ' (`netstrata-gateway keys --help` shows how to make one),',
    `listen on 127.0.0.1 without a proxy in front, or say ${flagOf('openToEveryone')}.`,
  ]);
}
