// Parsing and formatting. A check is what all sides must agree on: the sum of the last bytes, or of the last characters.
import { addresses, COUNT, textOf } from '../inputs.mjs';

/** @typedef {import('../inputs.mjs').Version} Version */
/** @typedef {import('../cases.mjs').Side} Side */

/** @template T @param {readonly T[]} inputs @param {(input: T) => number} call @returns {() => number} */
const each = (inputs, call) => () => {
  let sum = 0;
  for (const input of inputs) sum += call(input);
  return sum;
};

const texts = (/** @type {Version} */ version) => addresses(version, COUNT).map(textOf);

/** @param {Version} version @param {(text: string, module: any) => any} parse @param {(parsed: any) => number} last the last byte @returns {Side['prepare']} */
const parsing = (version, parse, last) => (module) => each(texts(version), (text) => last(parse(text, module)));

/** @type {Record<Version, Record<string, Side>>} */
export const parse = {
  4: {
    netstrata: { module: '@netstrata/ip-utils/address', prepare: parsing(4, (text, m) => m.parseAddress(text), ({ bytes }) => bytes[3]) },
    'ipaddr.js': { module: 'ipaddr.js', prepare: parsing(4, (text, m) => m.default.parse(text), ({ octets }) => octets[3]) },
    'ip-address': { module: 'ip-address', prepare: parsing(4, (text, m) => new m.Address4(text), ({ parsedAddress }) => Number(parsedAddress[3])) },
    netmask: { module: 'netmask', prepare: parsing(4, (text, m) => m.ip2long(text), (number) => number & 255) },
    ip: { module: 'ip', prepare: parsing(4, (text, m) => m.default.toBuffer(text), (bytes) => bytes[3]) },
    'ip-matching': { module: 'ip-matching', prepare: parsing(4, (text, m) => m.getIP(text), ({ parts }) => parts[3]) },
    'cidr-tools': { module: 'cidr-tools', prepare: parsing(4, (text, m) => m.parseCidr(text), ({ start }) => Number(start & 255n)) },
  },
  6: {
    netstrata: { module: '@netstrata/ip-utils/address', prepare: parsing(6, (text, m) => m.parseAddress(text), ({ bytes }) => bytes[15]) },
    'ipaddr.js': { module: 'ipaddr.js', prepare: parsing(6, (text, m) => m.default.parse(text), ({ parts }) => parts[7] & 255) },
    'ip-address': { module: 'ip-address', prepare: parsing(6, (text, m) => new m.Address6(text), ({ parsedAddress }) => parseInt(parsedAddress[7], 16) & 255) },
    ip: { module: 'ip', prepare: parsing(6, (text, m) => m.default.toBuffer(text), (bytes) => bytes[15]) },
    'ip-matching': { module: 'ip-matching', prepare: parsing(6, (text, m) => m.getIP(text), ({ parts }) => parts[7] & 255) },
    'cidr-tools': { module: 'cidr-tools', prepare: parsing(6, (text, m) => m.parseCidr(text), ({ start }) => Number(start & 255n)) },
  },
};

/** @param {Version} version @param {(bytes: Uint8Array, module: any) => any} make what the package has parsed @param {(made: any, module: any) => string} format @returns {Side['prepare']} */
const formatting = (version, make, format) => (module) => {
  const made = addresses(version, COUNT).map((bytes) => make(bytes, module));
  return each(made, (one) => {
    const text = format(one, module);
    // Text that was put together is made whole when a character of it is read.
    return text.charCodeAt(text.length - 1);
  });
};

const same = (/** @type {any} */ bytes) => bytes;

/** @type {Record<Version, Record<string, Side>>} */
export const format = {
  4: {
    netstrata: { module: '@netstrata/ip-utils/address', prepare: formatting(4, same, (bytes, m) => m.formatBytes(bytes)) },
    'ipaddr.js': { module: 'ipaddr.js', prepare: formatting(4, (bytes, m) => m.default.fromByteArray([...bytes]), (address) => address.toString()) },
    'ip-address': { module: 'ip-address', prepare: formatting(4, (bytes, m) => new m.Address4(textOf(bytes)), (address) => address.correctForm()) },
    netmask: { module: 'netmask', prepare: formatting(4, (bytes, m) => m.ip2long(textOf(bytes)), (number, m) => m.long2ip(number)) },
    ip: { module: 'ip', prepare: formatting(4, (bytes) => Buffer.from(bytes), (bytes, m) => m.default.toString(bytes)) },
    'ip-matching': { module: 'ip-matching', prepare: formatting(4, (bytes, m) => m.getIP(textOf(bytes)), (address) => address.toString()) },
  },
  6: {
    netstrata: { module: '@netstrata/ip-utils/address', prepare: formatting(6, same, (bytes, m) => m.formatBytes(bytes)) },
    'ipaddr.js': { module: 'ipaddr.js', prepare: formatting(6, (bytes, m) => m.default.fromByteArray([...bytes]), (address) => address.toRFC5952String()) },
    'ip-address': { module: 'ip-address', prepare: formatting(6, (bytes, m) => new m.Address6(textOf(bytes)), (address) => address.correctForm()) },
    ip: { module: 'ip', prepare: formatting(6, (bytes) => Buffer.from(bytes), (bytes, m) => m.default.toString(bytes)) },
    'ip-matching': { module: 'ip-matching', prepare: formatting(6, (bytes, m) => m.getIP(textOf(bytes)), (address) => address.toString()) },
  },
};
