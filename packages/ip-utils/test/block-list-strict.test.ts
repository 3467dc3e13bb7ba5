import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BlockList } from '../src/block-list/index.js';
import { ipv4 } from './support/arbitraries.js';
import { address, addition, ours, outcome } from './support/lists.js';

const words = (text: string) => {
  const [a, b, c, d] = text.split('.').map(Number) as [number, number, number, number];
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
};
const inverse = (text: string) => text.split('.').map((part) => 255 - Number(part)).join('.');
const halves = (text: string) => words(text).split(':').flatMap((word) => [word.padStart(4, '0').slice(0, 2), word.padStart(4, '0').slice(2)]) as [string, string, string, string];
const embeddings = {
  mapped: (ip: string) => `::ffff:${ip}`,
  compatible: (ip: string) => `::${ip}`,
  translated: (ip: string) => `::ffff:0:${ip}`,
  NAT64: (ip: string) => `64:ff9b::${ip}`,
  '6to4': (ip: string) => `2002:${words(ip)}:1::9`,
  'Teredo client': (ip: string) => `2001:0:9:9:9:9:${words(inverse(ip))}`,
  'Teredo server': (ip: string) => `2001:0:${words(ip)}::f6f6:f6f6`,
  ISATAP: (ip: string) => `2001:470::5efe:${ip}`,
  'ISATAP of a global address': (ip: string) => `fe80::200:5efe:${ip}`,
  // Of a local translation prefix nobody knows the length: what the other readings find may be blocked, too.
  'local NAT64 of /96': (ip: string) => `64:ff9b:1:909:9:909:${words(ip)}`,
  'local NAT64 of /64': (ip: string) => { const [a, b, c, d] = halves(ip); return `64:ff9b:1:909:09${a}:${b}${c}:${d}09:909`; },
  'local NAT64 of /56': (ip: string) => { const [a, b, c, d] = halves(ip); return `64:ff9b:1:09${a}:09${b}:${c}${d}:909:909`; },
  'local NAT64 of /48': (ip: string) => { const [a, b, c, d] = halves(ip); return `64:ff9b:1:${a}${b}:09${c}:${d}09:909:909`; },
};
/** Those that carry one address. */
const isExact = (embed: (ip: string) => string) => ['mapped', 'compatible', 'translated', 'NAT64', '6to4', 'ISATAP', 'ISATAP of a global address'].some((name) => embeddings[name as keyof typeof embeddings] === embed);

it.each(Object.entries(embeddings))('no address of %s slips past an IPv4 rule in strict mode', (_, embed) => {
  const rules = fc.oneof(ipv4.map((ip) => ['addAddress', ip] as const), fc.tuple(ipv4, fc.nat(32)).map(([ip, prefix]) => ['addSubnet', ip, prefix] as const));
  fc.assert(fc.property(rules, ipv4, fc.boolean(), ([method, ...args], other, self) => {
    const list = ours({ strict: true });
    list[method](...args);
    const ip = self ? args[0] : other;
    // `::` and `::1` are the unspecified and the loopback address, not 0.0.0.0 and 0.0.0.1.
    fc.pre(!(embed === embeddings.compatible && (ip === '0.0.0.0' || ip === '0.0.0.1')));
    if (list.check(ip)) expect(list.check(embed(ip), 'ipv6')).toBe(true);
    else if (isExact(embed)) expect(list.check(embed(ip), 'ipv6')).toBe(false);
  }), { numRuns: 500 });
});

it('a translator of the local-use block is not blocked for the zeros of its prefix', () => {
  const list = new BlockList({ strict: true });
  list.addCIDRs(['0.0.0.0/8', '10.0.0.0/8']);
  const zeros = ['64:ff9b:1::8.8.8.8', '64:ff9b:1::8:808:800:0', '64:ff9b:1:8:8:808::', '64:ff9b:1:808:8:800::'];
  expect(zeros.map((text) => list.check(text, 'ipv6'))).toEqual([false, false, false, false]);
  const blocked = ['64:ff9b:1::10.0.0.8', '64:ff9b:1::a:0:800:0', '64:ff9b:1:a:0:8::', '64:ff9b:1:a00:0:800::', '64:ff9b:1::', '64:ff9b:1::0.0.0.1'];
  expect(blocked.map((text) => list.check(text, 'ipv6'))).toEqual(blocked.map(() => true));
});

it('without it only mapped addresses meet IPv4 rules, as in Node', () => {
  const list = new BlockList();
  list.addCIDR('10.0.0.0/8');
  const answers = Object.values(embeddings).map((embed) => list.check(embed('10.1.2.3'), 'ipv6'));
  expect(answers).toEqual([true, ...Array.from({ length: answers.length - 1 }, () => false)]);
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
