import { isIP } from '@netstrata/ip-utils';
import { parseAddress } from '@netstrata/ip-utils/address';
import { isNameEndpoint } from '@netstrata/transport';
import type { Settings } from '../options/socks-options.js';
import { bytesOf, type Place } from '../wire/address.js';
import type { Dialogue } from '../wire/dialogue.js';
import { ConnectDialogue } from '../wire/http-connect.js';
import { nameOnWire } from '../wire/names.js';
import { Socks4Dialogue } from '../wire/socks4.js';
import { Socks5Dialogue } from '../wire/socks5.js';

/** What a proxy is asked for a place, or the code of why it cannot be asked. */
export function requestFor({ proxy, pipeline, askRemote }: Settings, command: number, asked: Place): Dialogue | string {
  const place = placeOnWire(asked);
  if (typeof place === 'string') return place;
  if (proxy.protocol === 'http') return new ConnectDialogue(place, proxy.credentials);
  if (proxy.protocol === 'socks5') return new Socks5Dialogue(command, place, proxy.credentials, pipeline, askRemote);
  if (isNameEndpoint(place)) return new Socks4Dialogue(place, proxy.credentials?.user ?? '');
  const bytes = bytesOf(place.address);
  if (bytes.length !== 4) return 'EAFNOSUPPORT';
  // To SOCKS4A 0.0.0.x is no address: a name would have to follow.
  const isMark = bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0 && bytes[3] !== 0;
  return isMark ? 'EADDRNOTAVAIL' : new Socks4Dialogue(place, proxy.credentials?.user ?? '');
}

/** A name in ASCII, which is no address: one that is would pass by whatever judges names and addresses apart. */
function placeOnWire(place: Place): Place | string {
  if (!isNameEndpoint(place)) return parseAddress(place.address)!.zone === null ? place : 'EINVAL';
  const host = nameOnWire(place.host);
  if (host === null || isIP(host) !== 0) return 'ENOTFOUND';
  return { host, port: place.port };
}
