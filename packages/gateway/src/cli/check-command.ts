import { flagOf, type ListenAddress, type Settings } from '../config/index.js';
import { hasTokens, prepare, type MakeGateway } from '../service/index.js';

const list = (title: string, rules: readonly string[], none: string): string[] =>
  rules.length === 0 ? [`${title}: ${none}`] : [`${title}:`, ...rules.map((rule) => `  ${rule}`)];

const placeOf = ({ host, port }: ListenAddress): string => `${host ?? 'every address'}, port ${port}`;

/** Checks everything that `serve` would, and tells in lines of text what it would do. Throws ConfigError. */
export function check(settings: Settings, make: MakeGateway, warn: (text: string) => void): string {
  const { tls } = prepare(settings, make, warn);
  const { listen, path, metricsListen, origin, allow, deny, allowListen, tlsTo, openToEveryone } = settings;
  const everybody = openToEveryone === true ? 'everybody' : 'programs and pages of this machine';
  const secured = tls === null ? '' : `, with TLS; its certificate expires on ${tls.until.toISOString()}`;
  return [
    `listens on: ${placeOf(listen)}, path ${path}${secured}`,
    ...(metricsListen === undefined ? [] : [`metrics on: ${placeOf(metricsListen)}, for whoever reaches it`]),
    `who may connect: ${hasTokens(settings) ? 'who has a token' : everybody}`,
    ...list('pages that may connect', origin, `those of the gateway's own host. Allow others: ${flagOf('origin')} https://app.example`),
    ...list('may dial', allow, `nothing. Allow something: ${flagOf('allow')} db.internal:5432=10.0.0.0/8`),
    ...list('may never dial', deny, 'nothing else'),
    ...list('may listen on', allowListen, 'nothing'),
    ...(tlsTo.length > 0 ? list('by TLS from the gateway', tlsTo, '') : []),
  ].join('\n');
}
