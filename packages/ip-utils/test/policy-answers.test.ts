import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressPolicy, publicOnly, type AddressRule } from '../src/policy/index.js';
import { isGlobal } from '../src/classify/index.js';
import { formatBytes } from '../src/address/index.js';

const words = (a: number, b: number, c: number, d: number) => `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
/** One address in every form that carries it; where a server or a prefix is free it is a public one. */
const forms = (ip: string) => {
  const [a, b, c, d] = ip.split('.').map(Number) as [number, number, number, number];
  const hex = (value: number) => value.toString(16);
  return {
    mapped: `::ffff:${ip}`,
    compatible: `::${ip}`,
    translated: `::ffff:0:${ip}`,
    NAT64: `64:ff9b::${ip}`,
    'local NAT64 /48': `64:ff9b:1:${hex(a * 256 + b)}:${hex(c)}:${hex(d * 256)}::`,
    'local NAT64 /56': `64:ff9b:1:${hex(a)}:${hex(b)}:${hex(c * 256 + d)}::`,
    'local NAT64 /64': `64:ff9b:1:0:${hex(a)}:${hex(b * 256 + c)}:${hex(d * 256)}:0`,
    'local NAT64 /96': `64:ff9b:1::${ip}`,
    '6to4': `2002:${words(a, b, c, d)}::1`,
    'Teredo client': `2001:0:808:808:0:0:${words(255 - a, 255 - b, 255 - c, 255 - d)}`,
    'Teredo server': `2001:0:${words(a, b, c, d)}:0:0:f7f7:f7f7`,
    ISATAP: `2001:470::5efe:${ip}`,
    'ISATAP of a global address': `2001:470::200:5efe:${ip}`,
    'ISATAP within 6to4': `2002:808:808::5efe:${ip}`,
  };
};

it.each(['10.0.0.1', '127.0.0.1', '169.254.169.254', '192.168.1.1', '100.64.0.1'])('publicOnly denies %s in every form', (ip) => {
  expect(publicOnly.check(ip)).toEqual({ allowed: false, rule: null });
  for (const [form, text] of Object.entries(forms(ip))) expect([form, text, publicOnly.check(text, 443).allowed]).toEqual([form, text, false]);
});

it.each(['10.0.0.1', '8.8.8.8'])('a rule that denies %s denies every form of it', (rule) => {
  const policy = addressPolicy({ deny: [rule], default: 'allow' });
  for (const [form, text] of Object.entries(forms(rule))) expect([form, policy.check(text)]).toEqual([form, { allowed: false, rule }]);
  for (const [form, text] of Object.entries(forms('9.9.9.9'))) if (rule !== '8.8.8.8') expect([form, policy.check(text).allowed]).toEqual([form, true]);
});

it.each(['0.0.0.0', 'fec0::1', '::', '::1', '64:ff9b:1::10.0.0.1', '2001:470::5efe:10.0.0.1', '::ffff:0:8.8.8.8', 'ff0e::1', '2001:db8::1', '100::1', '4000::1', '255.255.255.255', 'fe80::1%eth0'])('publicOnly denies %s', (text) => {
  expect(publicOnly.check(text)).toEqual({ allowed: false, rule: null });
});

it.each(['8.8.8.8', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2606:4700::1111', '2001:4860:4860::8888', '192.0.0.9'])('publicOnly allows %s', (text) => {
  expect(publicOnly.check(text)).toEqual({ allowed: true, rule: 'global' });
  expect(publicOnly.check(text, 25)).toEqual({ allowed: true, rule: 'global' });
});

it('publicOnly allows nothing that isGlobal does not', () => {
  const bytes = fc.oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 16, maxLength: 16 }));
  const special = fc.tuple(fc.constantFrom(...Object.values(forms('10.0.0.1'))), bytes).map(([text]) => text);
  fc.assert(fc.property(fc.oneof(bytes.map(formatBytes), special), (text) => {
    if (publicOnly.check(text).allowed) expect([text, isGlobal(text)]).toEqual([text, true]);
  }), { numRuns: 2000 });
});

it('an allowed IPv4 address is allowed in its mapped form, but not through a tunnel whose own address is not', () => {
  const policy = addressPolicy({ allow: ['0.0.0.0/0'] });
  const allowed = Object.entries(forms('10.0.0.1')).filter(([, text]) => policy.check(text).allowed).map(([form]) => form);
  expect(allowed).toEqual(['mapped']);
  expect(addressPolicy({ allow: ['::/0'] }).check('2002:a00:1::1').allowed).toBe(false);
  expect(addressPolicy({ allow: ['2002::/16', '10.0.0.0/8'] }).check('2002:a00:1::1')).toEqual({ allowed: true, rule: '2002::/16' });
  // Unless a rule is for this one address.
  expect(addressPolicy({ allow: ['2002:a00:1::1'] }).check('2002:a00:1::1').allowed).toBe(true);
  expect(addressPolicy({ allow: ['[64:ff9b:1::10.0.0.1]:443'] }).check('64:ff9b:1::10.0.0.1', 443).allowed).toBe(true);
  expect(addressPolicy({ allow: ['[64:ff9b:1::10.0.0.1]:443'], deny: ['private'] }).check('64:ff9b:1::10.0.0.1', 443)).toEqual({ allowed: false, rule: 'private' });
  // Of a mapped address packets go to the IPv4 address.
  expect(addressPolicy({ allow: ['::/0'] }).check('::ffff:10.0.0.1').allowed).toBe(false);
  expect(addressPolicy({ deny: ['::/0'] }).check('::ffff:10.0.0.1').allowed).toBe(false);
  expect(addressPolicy({ deny: ['::/0'] }).check('10.0.0.1').allowed).toBe(true);
});

it('a translator of the local-use block may lead to public addresses and to no others', () => {
  const policies = [addressPolicy({ allow: ['global', '64:ff9b:1::/48'] }), addressPolicy({ deny: ['0.0.0.0/8', '10.0.0.0/8'] })];
  for (const policy of policies) {
    for (const [form, text] of Object.entries(forms('8.8.8.8'))) if (form.startsWith('local')) expect([form, policy.check(text).allowed]).toEqual([form, true]);
    for (const [form, text] of Object.entries(forms('10.0.0.1'))) if (form.startsWith('local')) expect([form, policy.check(text).allowed]).toEqual([form, false]);
    expect(policy.check('64:ff9b:1::').allowed).toBe(false);
    expect(policy.check('64:ff9b:1::0.0.0.1').allowed).toBe(false);
  }
});

it('deny wins, wherever it stands; of several rules the first is named', () => {
  const policy = addressPolicy({ allow: ['10.0.0.1', '10.0.0.0/8', 'private'], deny: ['10.9.0.0/16', '10.9.9.9'] });
  expect(policy.check('10.0.0.1')).toEqual({ allowed: true, rule: '10.0.0.1' });
  expect(policy.check('10.0.0.2')).toEqual({ allowed: true, rule: '10.0.0.0/8' });
  expect(policy.check('192.168.0.1')).toEqual({ allowed: true, rule: 'private' });
  expect(policy.check('10.9.9.9')).toEqual({ allowed: false, rule: '10.9.0.0/16' });
});

it('without a port, rules for some ports deny but do not allow', () => {
  const policy = addressPolicy({ allow: ['10.0.0.0/8:443'], deny: ['10.0.0.9:22'] });
  expect(policy.check('10.0.0.1', 443).allowed).toBe(true);
  for (const port of [undefined, null, -1, 65_536, 1.5, Number.NaN, '443']) expect([port, policy.check('10.0.0.1', port as never).allowed]).toEqual([port, false]);
  const denying = addressPolicy({ deny: ['10.0.0.9:22'] });
  expect(denying.check('10.0.0.9', 23).allowed).toBe(true);
  for (const port of [undefined, null, -1, 65_536, '23']) expect([port, denying.check('10.0.0.9', port as never)]).toEqual([port, { allowed: false, rule: '10.0.0.9:22' }]);
});

it('the default denies, unless there are rules of deny alone', () => {
  const defaults = [{}, { allow: [] }, { allow: ['10.0.0.1'] }, { allow: ['10.0.0.1'], deny: ['10.0.0.2'] }, { allow: undefined, deny: ['10.0.0.2'] }, { deny: undefined }, { deny: ['10.0.0.1'] }, { deny: [] }] as const;
  expect(defaults.map((options) => addressPolicy(options).default)).toEqual(['deny', 'deny', 'deny', 'deny', 'deny', 'deny', 'allow', 'allow']);
  expect(addressPolicy(Object.assign(Object.create({ allow: ['10.0.0.1'] }) as object, { deny: ['10.0.0.2'] })).default).toBe('deny');
  expect(addressPolicy({ allow: ['10.0.0.1'], default: 'allow' }).check('::1')).toEqual({ allowed: true, rule: null });
  expect(addressPolicy({ deny: ['10.0.0.1'], default: 'deny' }).check('::1')).toEqual({ allowed: false, rule: null });
});

it('what is no address is denied', () => {
  const policy = addressPolicy({ default: 'allow' });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const value of [undefined, null, '', 'localhost', '127.1', '[::1]', 5, Symbol('a'), {}, [], new Uint8Array(5), proxy, '1'.repeat(1e6)]) expect(policy.check(value as never)).toEqual({ allowed: false, rule: null });
  expect(policy.check(Uint8Array.of(1, 2, 3, 4)).allowed).toBe(true);
});

it('a policy is options for another', () => {
  expect(addressPolicy(publicOnly).check('10.0.0.1').allowed).toBe(false);
  const more = addressPolicy({ ...publicOnly, allow: [...publicOnly.allow, '10.0.0.5'] });
  expect(['10.0.0.5', '10.0.0.6', '8.8.8.8'].map((ip) => more.check(ip).allowed)).toEqual([true, false, true]);
});

it('is compiled once: what happens to the rules later changes nothing', () => {
  const rule = { cidr: '10.0.0.0/8', port: [1, 2] as [number, number] };
  const allow: AddressRule[] = [rule];
  const policy = addressPolicy({ allow });
  rule.cidr = '0.0.0.0/0';
  rule.port[1] = 65_535;
  allow.push('0.0.0.0/0');
  expect(policy.check('11.0.0.1', 1)).toEqual({ allowed: false, rule: null });
  expect(policy.check('10.0.0.1', 2).rule).toBe(rule);
  expect(policy.check('10.0.0.1', 3).allowed).toBe(false);
});

it('answers as a walk over all rules does, however many', () => {
  const octet = fc.constantFrom(0, 1, 127, 128, 254, 255);
  const ip = fc.tuple(fc.constantFrom(9, 10, 11), octet, octet, octet).map((parts) => parts.join('.'));
  const port = fc.constantFrom(0, 1, 79, 80, 443, 1023, 1024, 32_767, 32_768, 65_534, 65_535);
  const ports = fc.option(fc.tuple(port, port).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const));
  const number = (text: string) => text.split('.').reduce((value, part) => value * 256 + Number(part), 0);
  const rule = fc.tuple(ip, ip, ports).map(([a, b, range]) => {
    const [from, to] = number(a) <= number(b) ? [a, b] : [b, a];
    return { from, to, range, text: `${from}-${to}${range === null ? '' : `:${range[0]}-${range[1]}`}` };
  });
  const rules = fc.array(rule, { maxLength: 40 });
  fc.assert(fc.property(rules, rules, ip, fc.option(port), (allow, deny, address, asked) => {
    const covers = (one: typeof allow[number], any: boolean) =>
      number(one.from) <= number(address) && number(address) <= number(one.to) && (one.range === null || (asked === null ? any : one.range[0] <= asked && asked <= one.range[1]));
    const denied = deny.find((one) => covers(one, true));
    const allowed = allow.find((one) => covers(one, false));
    const policy = addressPolicy({ allow: allow.map(({ text }) => text), deny: deny.map(({ text }) => text) });
    expect(policy.check(address, asked ?? undefined)).toEqual({ allowed: denied === undefined && allowed !== undefined, rule: denied?.text ?? allowed?.text ?? null });
  }), { numRuns: 1000 });
});

it('a hundred thousand rules, nested and apart', () => {
  const nested = Array.from({ length: 50_000 }, (_, i) => ({ range: [Uint8Array.of(10, 0, i >> 8, i), Uint8Array.of(10, 255, 255 - (i >> 8), 255 - (i & 255))] as const }));
  const apart = Array.from({ length: 50_000 }, (_, i) => `11.${i >> 8}.${i & 255}.0/24:${i}`);
  const policy = addressPolicy({ allow: [...apart, ...nested] });
  expect(policy.check('11.1.2.3', 258)).toEqual({ allowed: true, rule: '11.1.2.0/24:258' });
  expect(policy.check('11.1.2.3', 259).allowed).toBe(false);
  expect(policy.check('10.7.7.7').rule).toBe(nested[0]);
  expect(policy.check('12.0.0.0', 258).allowed).toBe(false);
});
