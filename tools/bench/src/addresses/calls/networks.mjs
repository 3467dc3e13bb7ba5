// Whether one network, or one of many, holds an address that comes as text. A check is how many of the addresses are held.
import { networks, questions, textOf } from '../inputs.mjs';

/** @typedef {import('../inputs.mjs').Version} Version */
/** @typedef {import('../inputs.mjs').Network} Network */
/** @typedef {import('../cases.mjs').Side} Side */

/** @param {Version} version @param {number} count of networks @param {(texts: string[], module: any) => (address: string) => boolean} matcher @returns {Side['prepare']} */
const matching = (version, count, matcher) => (module) => {
  const all = networks(version, count);
  const inputs = questions(all).map(textOf);
  const holds = matcher(all.map(({ text }) => text), module);
  return () => {
    let held = 0;
    for (const input of inputs) if (holds(input)) held++;
    return held;
  };
};

/** The one network of a list of one. @param {(text: string, module: any) => (address: string) => boolean} matcher @returns {(texts: string[], module: any) => (address: string) => boolean} */
const one = (matcher) => ([text], module) => matcher(text, module);

/** @param {(text: string, module: any) => { contains(address: string): boolean }} make @returns {(texts: string[], module: any) => (address: string) => boolean} */
const some = (make) => (texts, module) => {
  const all = texts.map((text) => make(text, module));
  return (address) => all.some((network) => network.contains(address));
};

const ipaddr = (/** @type {string[]} */ texts, /** @type {any} */ m) => {
  const hit = texts.map((text) => m.default.parseCIDR(text));
  return (/** @type {string} */ address) => m.default.subnetMatch(m.default.parse(address), { hit }, 'miss') === 'hit';
};

const ipAddress = (/** @type {string[]} */ texts, /** @type {any} */ m) => {
  const Address = texts[0].includes(':') ? m.Address6 : m.Address4;
  const all = texts.map((text) => new Address(text));
  return (/** @type {string} */ text) => {
    const address = new Address(text);
    return all.some((network) => address.isInSubnet(network));
  };
};

const ipMatching = (/** @type {string[]} */ texts, /** @type {any} */ m) => {
  const all = texts.map((text) => m.getMatch(text));
  return (/** @type {string} */ text) => {
    const address = m.getIP(text);
    return all.some((network) => network.matches(address));
  };
};

/** Every package whose networks hold addresses of the version. @param {Version} version @param {number} count @returns {Record<string, Side>} */
const others = (version, count) => ({
  'ipaddr.js': { module: 'ipaddr.js', prepare: matching(version, count, ipaddr) },
  'ip-address': { module: 'ip-address', prepare: matching(version, count, ipAddress) },
  ...(version === 4 && {
    netmask: { module: 'netmask', prepare: matching(version, count, some((text, m) => new m.Netmask(text))) },
    ip: { module: 'ip', prepare: matching(version, count, some((text, m) => m.default.cidrSubnet(text))) },
  }),
  'ip-matching': { module: 'ip-matching', prepare: matching(version, count, ipMatching) },
  'cidr-tools': { module: 'cidr-tools', prepare: matching(version, count, (texts, m) => (address) => m.containsCidr(texts, address)) },
  'proxy-addr': { module: 'proxy-addr', prepare: matching(version, count, (texts, m) => m.default.compile(texts)) },
});

/** @param {Version} version @returns {Record<string, Side>} */
export const contains = (version) => ({
  netstrata: {
    module: '@netstrata/ip-utils/cidr',
    prepare: matching(version, 1, one((text, m) => {
      const cidr = m.parseCIDR(text);
      return (address) => m.cidrContains(cidr, address);
    })),
  },
  ...others(version, 1),
});

/** @param {Version} version @param {number} count @returns {Record<string, Side>} */
export const match = (version, count) => ({
  netstrata: {
    module: '@netstrata/ip-utils/prefix-map',
    prepare: matching(version, count, (texts, m) => {
      const map = new m.PrefixMap(texts.map((text) => [text, true]));
      return (address) => map.lookup(address) !== undefined;
    }),
  },
  ...others(version, count),
});
