import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BlockList } from '../src/block-list/index.js';
import { ipv4 } from './support/arbitraries.js';
import { address, addition, ours, outcome } from './support/lists.js';

const words = (text: string) => {
  const [a, b, c, d] = text.split('.').map(Number) as [number, number, number, number];
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
};
const embeddings = { mapped: (ip: string) => `::ffff:${ip}`, compatible: (ip: string) => `::${ip}`, NAT64: (ip: string) => `64:ff9b::${ip}`, '6to4': (ip: string) => `2002:${words(ip)}:1::9` };

it.each(Object.entries(embeddings))('no %s address slips past an IPv4 rule in strict mode', (_, embed) => {
  const rules = fc.oneof(ipv4.map((ip) => ['addAddress', ip] as const), fc.tuple(ipv4, fc.nat(32)).map(([ip, prefix]) => ['addSubnet', ip, prefix] as const));
  fc.assert(fc.property(rules, ipv4, fc.boolean(), ([method, ...args], other, self) => {
    const list = ours({ strict: true });
    list[method](...args);
    const ip = self ? args[0] : other;
    // `::` and `::1` are the unspecified and the loopback address, not 0.0.0.0 and 0.0.0.1.
    fc.pre(!(embed === embeddings.compatible && (ip === '0.0.0.0' || ip === '0.0.0.1')));
    expect(list.check(embed(ip), 'ipv6')).toBe(list.check(ip));
  }), { numRuns: 500 });
});

it('without it only mapped addresses meet IPv4 rules, as in Node', () => {
  const list = new BlockList();
  list.addCIDR('10.0.0.0/8');
  const answers = Object.values(embeddings).map((embed) => list.check(embed('10.1.2.3'), 'ipv6'));
  expect(answers).toEqual([true, false, false, false]);
});

it('strict mode blocks all that the default blocks', () => {
  fc.assert(fc.property(fc.array(addition, { maxLength: 5 }), fc.array(address, { minLength: 1, maxLength: 20 }), (steps, questions) => {
    const [plain, strict] = [ours(), ours({ strict: true })];
    for (const [method, ...args] of steps) for (const list of [plain, strict]) outcome(() => list[method](...args));
    for (const question of questions) if (plain.check(...question) === true) expect(strict.check(...question)).toBe(true);
  }), { numRuns: 500 });
});

it('`strict` must be a boolean; other arguments are ignored as in Node', () => {
  for (const strict of ['yes', 1, null]) expect(() => new BlockList({ strict: strict as never })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  for (const value of [undefined, null, 5, 'x', {}, { strict: undefined }]) expect(new BlockList(value as never).size).toBe(0);
});
