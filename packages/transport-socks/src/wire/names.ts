import { isIP } from '@netstrata/ip-utils';

/** RFC 1928 section 5: one byte says how long it is. */
const LONGEST_NAME = 255;

/** RFC 1123 section 2.1, and the underscore that is in use: nothing here can end a line, a header, an authority or a string. */
const NAME = /^[A-Za-z0-9_.-]+$/;

/**
 * A host name as it is put into a message: ASCII, at most 255 bytes. Names in other letters become ASCII (UTS 46), unless they then would
 * be an address. Null for what cannot be sent.
 */
export function nameOnWire(host: string): string | null {
  if (isASCII(host)) return NAME.test(host) && host.length <= LONGEST_NAME ? host : null;
  let name: string;
  try {
    name = new URL(`http://${host}/`).hostname;
  } catch {
    return null;
  }
  // What a URL has beside a host was none of the name.
  const isWhole = !/[\s/?#@:\\[\]%]/u.test(host);
  return isWhole && NAME.test(name) && name.length <= LONGEST_NAME && isIP(name) === 0 ? name : null;
}

/** Whether a name that has come is one. */
export const isName = (host: string): boolean => NAME.test(host);

function isASCII(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
