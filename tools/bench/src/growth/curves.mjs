/**
 * @typedef {object} Figure of a curve: what one more costs
 * @property {string} title
 * @property {'µs' | 'B'} unit
 * @property {boolean} [log] the axis is logarithmic: the sides, or the sizes, are orders of magnitude apart
 * @property {number} [from] the smallest size at which it can be told from noise
 */
/**
 * @typedef {object} Curve
 * @property {string} title
 * @property {string} of what there are more and more of
 * @property {string} [module] what is measured, if it is not net-compat
 * @property {number[]} sizes
 * @property {Record<string, Figure>} figures
 */

/** Below so many, what was there before, or is collected meanwhile, hides what they take. */
const RESIDENT = 1000;

/** @type {Record<string, Curve>} */
export const curves = {
  connections: {
    title: 'one more connection',
    of: 'open connections',
    sizes: [100, 1000, 12_000, 15_000],
    figures: {
      echo: { title: 'an echo of 64 B on one of them', unit: 'µs' },
      open: { title: 'accept and first echo, each of all', unit: 'µs' },
      accept: { title: 'accept, of the next 100', unit: 'µs' },
      close: { title: 'the peer ends, each of all', unit: 'µs' },
      heap: { title: 'JavaScript heap, each', unit: 'B', from: RESIDENT },
      resident: { title: 'resident memory, each', unit: 'B', from: 10_000 },
    },
  },
  listeners: {
    title: 'one more listener',
    of: 'servers that listen',
    sizes: [1, 10, 100, 1000],
    figures: {
      listen: { title: 'one more: listen and close', unit: 'µs' },
      accept: { title: 'accept, echo and close on one', unit: 'µs' },
      close: { title: 'close, each of all', unit: 'µs', from: 100 },
      heap: { title: 'JavaScript heap, each', unit: 'B', from: RESIDENT },
      resident: { title: 'resident memory, each', unit: 'B', from: RESIDENT },
    },
  },
  blocked: {
    title: 'one more blocked network',
    of: 'networks in a blockList',
    // Where Node's own has all members, it is what net-compat exports.
    module: '@netstrata/ip-utils/block-list',
    sizes: [1, 100, 10_000, 100_000],
    figures: {
      check: { title: 'one check', unit: 'µs', log: true },
      add: { title: 'addSubnet, each of all', unit: 'µs', from: 100 },
      addAndCheck: { title: 'one more, then one check', unit: 'µs', log: true },
      resident: { title: 'resident memory, each', unit: 'B', from: 10_000 },
    },
  },
  names: {
    title: 'one more address, one more name',
    of: 'addresses of a name, or names dialled at once',
    sizes: [1, 10, 100, 1000],
    figures: {
      attempt: { title: 'an attempt; all but the last are refused', unit: 'µs' },
      dial: { title: 'a dial of many at once: look up, connect, close', unit: 'µs' },
    },
  },
  writes: {
    title: 'one more queued write',
    of: 'writes of 16 B that wait',
    sizes: [1, 1000, 100_000, 1_000_000],
    figures: {
      write: { title: 'a write, each of all', unit: 'µs' },
      more: { title: 'a write, of the next 1,000', unit: 'µs' },
      flush: { title: 'leaving, each of all', unit: 'µs', from: 1000 },
      writeCallback: { title: 'a write with a callback', unit: 'µs' },
      flushCallback: { title: 'leaving, and the callback', unit: 'µs', from: 1000 },
      heap: { title: 'JavaScript heap, each', unit: 'B', from: 100_000 },
      resident: { title: 'resident memory, each', unit: 'B', from: 100_000 },
    },
  },
};
