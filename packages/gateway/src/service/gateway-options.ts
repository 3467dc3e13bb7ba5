import { X509Certificate } from 'node:crypto';
import type { Server } from 'node:http';
import { ConfigError, attemptAll, flagOf, readNamed, type SettingName, type Settings } from '../config/index.js';
import type { GatewayEvents } from '../contract/events.js';
import type { Gateway } from '../contract/gateway.js';
import type { GatewayOptions, Verify } from '../contract/options.js';

/** How a gateway is made of its options: `createGateway`. */
export type MakeGateway = (options: GatewayOptions) => Gateway;

/** What the gateway says of a rule, without its own name for the option. */
function problemOf(name: SettingName, rule: string, error: Error): string {
  const why = /^The \w+ '[^']+' ([^]*)\. Received [^]*$/.exec(error.message)?.[1] ?? error.message;
  return `${flagOf(name)}: ${JSON.stringify(rule.slice(0, LONGEST_SHOWN))} ${why}`;
}

const LONGEST_SHOWN = 80;

/** Throws ConfigError with all rules that are none: the gateway that is made of each alone does not take it. */
export function checkRules({ allow, deny, allowListen, tlsTo, trust }: Settings, make: MakeGateway): void {
  type OptionsOf = (rule: readonly [string]) => GatewayOptions;
  const check = (name: SettingName, rules: readonly string[], optionsOf: OptionsOf) => rules.map((rule) => () => {
    try {
      make(optionsOf([rule])).close();
    } catch (error) {
      throw new ConfigError([problemOf(name, rule, error as Error)]);
    }
  });
  attemptAll(
    ...check('allow', allow, (rule) => ({ allow: rule })),
    ...check('deny', deny, (rule) => ({ deny: rule })),
    ...check('allowListen', allowListen, (rule) => ({ listen: rule })),
    ...check('tlsTo', tlsTo, (rule) => ({ tls: rule })),
    ...check('trust', trust, (rule) => ({ trust: rule })),
  );
}

/** What `tlsToCa` names. Throws ConfigError. */
export function readCa({ tlsToCa }: Settings): string | undefined {
  if (tlsToCa === undefined) return undefined;
  const text = readNamed(flagOf('tlsToCa'), tlsToCa);
  try {
    new X509Certificate(text);
    return text;
  } catch {
    throw new ConfigError([`${flagOf('tlsToCa')}: ${tlsToCa} has no certificate in PEM`]);
  }
}

/** Events for all of them. */
function toAll(all: readonly GatewayEvents[]): GatewayEvents {
  return {
    notice(...args) { for (const one of all) one.notice?.(...args); },
    carrierRefused(...args) { for (const one of all) one.carrierRefused?.(...args); },
    carrierOpened(...args) { for (const one of all) one.carrierOpened?.(...args); },
    carrierClosed(...args) { for (const one of all) one.carrierClosed?.(...args); },
    streamOpened(...args) { for (const one of all) one.streamOpened?.(...args); },
    streamRefused(...args) { for (const one of all) one.streamRefused?.(...args); },
    streamClosed(...args) { for (const one of all) one.streamClosed?.(...args); },
  };
}

/** Settings as `createGateway` takes them. Throws ConfigError. */
export function gatewayOptions(settings: Settings, server: Server, token: Verify, events: readonly GatewayEvents[]): GatewayOptions {
  const { path, origin, allow, deny, allowListen, tlsTo, trust, trustHeader, window, keepAlive } = settings;
  return {
    server, path, token, allow, deny, window, keepAlive,
    origins: origin.length > 0 ? origin : undefined,
    listen: allowListen,
    tls: tlsTo,
    tlsCa: readCa(settings),
    trust: trust.length > 0 ? trust : undefined,
    header: trustHeader,
    limits: {
      carriers: settings.maxCarriers,
      streams: settings.maxStreams,
      clientCarriers: settings.clientCarriers,
      clientStreams: settings.clientStreams,
      clientRate: settings.clientRate,
      streamIdle: settings.streamIdle,
      carrierIdle: settings.carrierIdle,
      dial: settings.dialTimeout,
      farewell: settings.tokenFarewell,
    },
    events: toAll(events),
  };
}
