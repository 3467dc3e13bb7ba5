const RULES = 10_000;
const CHECKS = 200;

/** The same numbers below 2 ** 32 in every process. */
export function numbers() {
  let state = 1;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
}

export const v4 = (/** @type {number} */ n) => `${n >>> 24}.${(n >>> 16) & 255}.${(n >>> 8) & 255}.${n & 255}`;
const v6 = (/** @type {number} */ n) => `2001:db8:${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}::1`;

/** Rules of five sorts in turn; every one covers v4(n) or v6(n). @type {((list: import('node:net').BlockList, n: number) => void)[]} */
const rules = [
  (list, n) => list.addAddress(v4(n)),
  (list, n) => list.addRange(v4(n), v4((n | 15) >>> 0)),
  (list, n) => list.addSubnet(v4(n), 28),
  (list, n) => list.addAddress(v6(n), 'ipv6'),
  (list, n) => list.addSubnet(v6(n), 80, 'ipv6'),
];

/** @param {{ BlockList: typeof import('node:net').BlockList }} module @returns {() => number} a batch of calls; how many */
export function blockList({ BlockList }) {
  const list = new BlockList();
  const next = numbers();
  const covered = Array.from({ length: RULES }, (_, i) => {
    const n = next();
    rules[i % 5](list, n);
    return i % 5 < 3 ? v4(n) : v6(n);
  });
  // Every second check matches, spread over all rules; the others are addresses that most likely do not.
  const checks = Array.from({ length: CHECKS }, (_, i) => {
    if (i % 2) return covered[(i * RULES) / CHECKS + (i % 5)];
    return i % 4 ? v4(next()) : v6(next());
  }).map((address) => /** @type {const} */ ([address, address.includes(':') ? 'ipv6' : 'ipv4']));
  return () => {
    let hits = 0;
    for (const [address, family] of checks) if (list.check(address, family)) hits++;
    if (hits < CHECKS / 2) throw new Error(`BlockList found ${hits} of ${CHECKS / 2}`);
    return CHECKS;
  };
}
