// The longest of many networks that holds a parsed address. A check is the sum of the numbers of the networks that were found.
import { networks, questions } from '../inputs.mjs';

/** @typedef {import('../inputs.mjs').Version} Version */
/** @typedef {import('../inputs.mjs').Network} Network */
/** @typedef {import('../cases.mjs').Side} Side */

const bitOf = (/** @type {Uint8Array} */ bytes, /** @type {number} */ at) => (bytes[at >> 3] >> (7 - (at & 7))) & 1;

/** @typedef {{ 0: Node | null, 1: Node | null, network: Network | null, value: number }} Node */
const node = () => /** @type {Node} */ ({ 0: null, 1: null, network: null, value: 0 });

/** A trie of one object for each bit: what one writes in a hurry. */
class ObjectTrie {
  root = node();

  /** @param {Network} network @param {number} value */
  set(network, value) {
    let at = this.root;
    for (let i = 0; i < network.prefix; i++) at = at[/** @type {0} */ (bitOf(network.bytes, i))] ??= node();
    at.network = network;
    at.value = value;
  }

  /** @param {Uint8Array} bytes */
  lookup(bytes) {
    /** @type {Node | null} */
    let at = this.root;
    let best = null;
    for (let i = 0, bits = bytes.length * 8; at !== null; i++) {
      if (at.network !== null) best = at;
      if (i === bits) break;
      at = at[/** @type {0} */ (bitOf(bytes, i))];
    }
    return best === null ? undefined : { cidr: /** @type {Network} */ (best.network).text, value: best.value };
  }
}

/** @param {Version} version @param {number} count @param {(all: Network[], module: any) => (bytes: Uint8Array) => number} load the number of what is found, 0 for nothing @returns {Side['prepare']} */
const looking = (version, count, load) => (module) => {
  const all = networks(version, count);
  const inputs = questions(all);
  const find = load(all, module);
  return () => {
    let sum = 0;
    for (const input of inputs) sum += find(input);
    return sum;
  };
};

const prefixMap = (/** @type {Network[]} */ all, /** @type {any} */ { PrefixMap }) => {
  const map = new PrefixMap();
  all.forEach(({ bytes, prefix }, i) => map.set({ version: bytes.length === 4 ? 4 : 6, bytes, prefix }, i + 1));
  return map;
};

const objects = (/** @type {Network[]} */ all) => {
  const trie = new ObjectTrie();
  all.forEach((network, i) => trie.set(network, i + 1));
  return (/** @type {Uint8Array} */ bytes) => trie.lookup(bytes)?.value ?? 0;
};

/** Searched from the longest on, as there is nothing better in it. @param {Network[]} all @param {any} m */
const ipaddr = (all, m) => {
  const list = all.map(({ text }, i) => ({ range: m.default.parseCIDR(text), value: i + 1 })).sort((a, b) => b.range[1] - a.range[1]);
  return (/** @type {Uint8Array} */ bytes) => {
    const address = m.default.fromByteArray([...bytes]);
    return list.find(({ range }) => address.match(range))?.value ?? 0;
  };
};

/** @param {Network[]} all @param {any} m */
const ipMatching = (all, m) => {
  const list = all.map(({ text, prefix }, i) => ({ range: m.getMatch(text), prefix, value: i + 1 })).sort((a, b) => b.prefix - a.prefix);
  return (/** @type {Uint8Array} */ bytes) => {
    const address = m.partsToIP(bytes.length === 4 ? [...bytes] : Array.from({ length: 8 }, (_, i) => (bytes[2 * i] << 8) | bytes[2 * i + 1]));
    return list.find(({ range }) => range.matches(address))?.value ?? 0;
  };
};

/** @param {Version} version @param {number} count @param {{ lists?: boolean, trie?: boolean }} [others] which others come to an end in time and memory @returns {Record<string, Side>} */
export const table = (version, count, { lists = false, trie = false } = {}) => ({
  netstrata: {
    module: '@netstrata/ip-utils/prefix-map',
    prepare: looking(version, count, (all, m) => {
      const map = prefixMap(all, m);
      return (bytes) => map.lookup(bytes)?.value ?? 0;
    }),
  },
  'netstrata, lookupValue': {
    module: '@netstrata/ip-utils/prefix-map',
    prepare: looking(version, count, (all, m) => {
      const map = prefixMap(all, m);
      return (bytes) => map.lookupValue(bytes) ?? 0;
    }),
  },
  ...(trie && { 'trie of objects': { module: null, prepare: looking(version, count, objects) } }),
  ...(lists && {
    'ipaddr.js': { module: 'ipaddr.js', prepare: looking(version, count, ipaddr) },
    'ip-matching': { module: 'ip-matching', prepare: looking(version, count, ipMatching) },
  }),
});
