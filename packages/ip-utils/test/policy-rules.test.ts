import { describe, expect, it } from 'vitest';
import { addressPolicy, type AddressRule } from '../src/policy/index.js';
import { parseAddress } from '../src/address/index.js';
import { parseCIDR } from '../src/cidr/index.js';

const allows = (rule: AddressRule, address: string, port?: number) => addressPolicy({ allow: [rule] }).check(address, port).allowed;

describe('a rule', () => {
  it.each<[rule: AddressRule, inside: string, outside: string]>([
    ['10.0.0.0/8', '10.255.255.255', '11.0.0.0'],
    ['10.1.2.3/8', '10.0.0.0', '9.255.255.255'],
    ['10.0.0.1', '10.0.0.1', '10.0.0.2'],
    ['10.0.0.1-10.0.0.9', '10.0.0.9', '10.0.0.10'],
    ['2001:db8::/32', '2001:db8:ffff::1', '2001:db9::'],
    ['[2001:db8::]/32', '2001:db8::', '2001:db7:ffff::'],
    ['[2001:db8::/32]', '2001:db8::', '2001:db9::'],
    ['[::1]', '::1', '::2'],
    ['::1:80', '::1:80', '::1'],
    ['2001:db8::1-2001:db8::9', '2001:db8::9', '2001:db8::a'],
    ['[2001:db8::1]-[2001:db8::9]', '2001:db8::1', '2001:db8::'],
    ['[2001:db8::1]-[2001:db8::9a]', '2001:db8::9a', '2001:db8::9b'],
    ['[2001:db8::1-2001:db8::9]', '2001:db8::1', '2001:db8::'],
    ['0.0.0.0/0', '255.255.255.255', '::1'],
    ['::/0', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '0.0.0.0'],
    ['::ffff:10.0.0.0/104', '10.9.9.9', '11.0.0.0'],
    ['::ffff:10.0.0.1-::ffff:10.0.0.3', '10.0.0.2', '10.0.0.4'],
    ['::ffff:0.0.0.0/96', '255.255.255.255', '::1:0:0:0'],
    ['::ffff:0.0.0.0/96', '0.0.0.0', '::fffe:255.255.255.255'],
    ['::1:0:0:0', '::1:0:0:0', '0.0.0.0'],
    ['loopback', '127.9.9.9', '126.0.0.1'],
    ['loopback', '::1', '::'],
    ['private', '192.168.1.1', '192.169.1.1'],
    ['site-local', 'fec0::1', 'fe80::1'],
    ['global', '2606:4700::1111', '2001:db8::1'],
    [{ cidr: '10.0.0.0/8' }, '10.1.1.1', '11.0.0.0'],
    [{ cidr: parseCIDR('10.0.0.0/8')! }, '10.1.1.1', '11.0.0.0'],
    [{ address: '::1' }, '::1', '::2'],
    [{ address: parseAddress('10.0.0.1')! }, '10.0.0.1', '10.0.0.2'],
    [{ address: Uint8Array.of(10, 0, 0, 1) }, '10.0.0.1', '10.0.0.2'],
    [{ range: ['10.0.0.1', '10.0.0.9'] }, '10.0.0.5', '10.0.0.10'],
    [{ class: 'link-local' }, 'fe80::1%eth0', 'fec0::1'],
  ])('%j covers %s and not %s', (rule, inside, outside) => {
    expect(addressPolicy({ allow: [rule] }).check(inside)).toEqual({ allowed: true, rule });
    expect(addressPolicy({ allow: [rule] }).check(outside)).toEqual({ allowed: false, rule: null });
    expect(addressPolicy({ deny: [rule] }).check(inside)).toEqual({ allowed: false, rule });
    expect(addressPolicy({ deny: [rule] }).check(outside)).toEqual({ allowed: true, rule: null });
  });

  it.each<[rule: AddressRule, address: string, ports: readonly number[], others: readonly number[]]>([
    ['10.0.0.0/8:5432', '10.1.2.3', [5432], [5431, 5433, 0]],
    ['10.0.0.1:80-90', '10.0.0.1', [80, 85, 90], [79, 91]],
    ['10.0.0.1-10.0.0.9:1-65535', '10.0.0.5', [1, 1023, 65535], [0]],
    ['[2001:db8::]/32:443', '2001:db8::1', [443], [44, 4430]],
    ['[2001:db8::/32]:443', '2001:db8::1', [443], [442]],
    ['2001:db8::/32:443', '2001:db8::1', [443], [442]],
    ['[1::1]-[1::9]:0', '1::5', [0], [1]],
    ['[::1]:80', '::1', [80], [81]],
    ['loopback:3000', '127.0.0.1', [3000], [80]],
    ['unique-local:80-90', 'fd00::1', [80, 90], [91]],
    [{ cidr: '10.0.0.0/8', port: [1, 1023] }, '10.0.0.1', [1, 512, 1023], [0, 1024]],
    [{ cidr: '10.0.0.0/8', port: 22 }, '10.0.0.1', [22], [23]],
    [{ address: '10.0.0.1', port: [80, [8000, 8009], 443] }, '10.0.0.1', [80, 443, 8000, 8009], [81, 8010]],
    [{ range: ['10.0.0.1', '10.0.0.3'], port: [[80, 80], [443, 443]] }, '10.0.0.2', [80, 443], [200]],
    [{ class: 'global', port: 443 }, '1.1.1.1', [443], [80]],
  ])('%j covers %s on ports %j and not %j', (rule, address, ports, others) => {
    for (const port of ports) expect([port, allows(rule, address, port)]).toEqual([port, true]);
    for (const port of others) expect([port, allows(rule, address, port)]).toEqual([port, false]);
  });

  it('may come from a class of options, but not from Object.prototype', () => {
    expect(allows(Object.create({ cidr: '10.0.0.0/8', port: 1 }) as AddressRule, '10.0.0.1', 2)).toBe(false);
    Object.defineProperty(Object.prototype, 'cidr', { value: '0.0.0.0/0', configurable: true });
    try {
      expect(allows({ address: '10.0.0.1' }, '10.0.0.2')).toBe(false);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'cidr');
    }
  });
});

const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe('a bad rule is an error at once, which names it and the reason', () => {
  const bad: readonly (readonly [rule: unknown, reason: string])[] = [
    ['1.1.1.1/50000000', 'has a prefix length that is not 0 to 32'],
    ['::/129', 'has a prefix length that is not 0 to 128'],
    ['10.0.0.0/-1', 'has a prefix length that is not a decimal number'],
    ['10.0.0.0/08', 'has a prefix length with a leading zero'],
    ['10.0.0.0/', 'has nothing after the slash'],
    ['10/8', 'does not begin with an IP address'],
    ['fe80::%eth0/64', 'has a zone, and networks have none'],
    ['fe80::1%eth0', 'has a zone, by which no rule can tell addresses apart'],
    ['127.1', 'is no address, though some programs read it as 127.0.0.1'],
    ['010.0.0.1', 'is no address, though some programs read it as 8.0.0.1'],
    ['', 'is no CIDR, address, range or class of addresses'],
    ['Private', 'is no CIDR, address, range or class of addresses'],
    ['localhost', 'is no CIDR, address, range or class of addresses'],
    ['10.0.0.9-10.0.0.1', 'is a range that ends before it begins'],
    ['10.0.0.9-::1', 'is a range from one version of IP to the other'],
    ['10.0.0.1-', 'is no CIDR, address, range or class of addresses'],
    ['[10.0.0.1]:80', 'has brackets that are not around an IPv6 address'],
    ['[::1]-[10.0.0.1]', 'has brackets that are not around an IPv6 address'],
    ['[]', 'has brackets that are not around an IPv6 address'],
    ['[::1', 'has brackets that are not around an IPv6 address'],
    ['[::1]80', 'has brackets that are not around an IPv6 address'],
    ['[::1]-[::9]/64', 'has brackets that are not around an IPv6 address'],
    ['10.0.0.0/8:80:90', 'has ports that are neither a number nor two with a dash between'],
    ['[::1/64]/64', 'has brackets that are not around an IPv6 address'],
    ['10.0.0.1:', 'has ports that are neither a number nor two with a dash between'],
    ['10.0.0.1:080', 'has ports that are neither a number nor two with a dash between'],
    ['10.0.0.1:80-', 'has ports that are neither a number nor two with a dash between'],
    ['10.0.0.1:65536', 'has a port that is not 0 to 65535'],
    ['10.0.0.1:90-80', 'has a range of ports that ends before it begins'],
    [{ cidr: '10.0.0.0/8', ports: 80 }, 'has a field "ports", which no rule has'],
    [{ cidr: '10.0.0.0/8', port: undefined }, 'has a `port` that is no number and no range'],
    [{ cidr: '10.0.0.0/8', port: '80' }, 'has a `port` that is no number and no range'],
    [{ cidr: '10.0.0.0/8', port: Number.NaN }, 'has a port that is not 0 to 65535'],
    [{ cidr: '10.0.0.0/8', port: [80, 443, 8080] }, 'has a list of ports without a range in it'],
    [{ cidr: '10.0.0.0/8', port: [] }, 'has a list of ports without a range in it'],
    [{ cidr: '10.0.0.0/8', port: [[1, 2], '3'] }, 'has a `port` that is no number and no range'],
    [{ cidr: '10.0.0.0/33' }, 'has a prefix length that is not 0 to 32'],
    [{ cidr: { version: 4, bytes: new Uint8Array(4), prefix: 33 } }, 'has a `cidr` that is none'],
    [{ cidr: '10.0.0.0/8', address: '10.0.0.1' }, 'must have one of the fields cidr, address, range, class'],
    [{ port: 80 }, 'must have one of the fields cidr, address, range, class'],
    [{ address: 5 }, 'has an address that is none'],
    [{ address: '::1%lo' }, 'has a zone, by which no rule can tell addresses apart'],
    [{ address: parseAddress('fe80::1%eth0') }, 'has a zone, by which no rule can tell addresses apart'],
    [{ address: null }, 'has an address that is none'],
    [{ range: ['10.0.0.1'] }, 'must have two addresses in `range`'],
    [{ range: '10.0.0.1-10.0.0.2' }, 'must have two addresses in `range`'],
    [{ class: 'public' }, 'names no class of addresses'],
    [{ class: Symbol('private') }, 'names no class of addresses'],
    [{ get cidr(): never { throw new Error('no'); } }, 'cannot be read'],
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    [{ get cidr(): never { throw null; } }, 'cannot be read'],
    [revoked.proxy, 'cannot be read'],
    [{ cidr: revoked.proxy }, 'has a `cidr` that is none'],
    [{ cidr: '10.0.0.0/8', port: revoked.proxy }, 'cannot be read'],
    [5, 'must be the text of a rule, or an object'],
    [null, 'must be the text of a rule, or an object'],
    [undefined, 'must be the text of a rule, or an object'],
    [Symbol('rule'), 'must be the text of a rule, or an object'],
  ];
  bad.forEach(([rule, reason], i) => {
    it(`${i}: ${reason}`, () => {
      for (const list of ['allow', 'deny']) {
        expect(() => addressPolicy({ [list]: ['::1', rule] })).toThrow(expect.objectContaining({
          name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE', message: expect.stringContaining(`The property 'options.${list}[1]' ${reason}`) as unknown,
        }));
      }
    });
  });

  it('however long it is', () => {
    for (const text of [`[${':'.repeat(1e6)}`, `[::1]-[${':'.repeat(1e6)}`, `[${'::1-'.repeat(250_000)}]`, `[::1]${'/'.repeat(1e6)}`, `[::1]:${'\n'.repeat(1e6)}`]) {
      expect(() => addressPolicy({ deny: [text] })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
    }
    for (const piece of ['1', ':', '-', '/', '[', '10.0.0.1-', '[::1]', '1:', ' ']) {
      const rule = piece.repeat(1e6 / piece.length);
      expect(() => addressPolicy({ deny: [rule, `10.0.0.0/8:${rule}`] })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
      expect(() => addressPolicy({ deny: [`10.0.0.0/8:${rule}`] })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
    }
  });
});

it('options that no policy has are errors: a typo must not widen', () => {
  const code = (code: string) => expect.objectContaining({ code }) as Error;
  expect(() => addressPolicy({ alow: ['private'] } as never)).toThrow(`The argument 'options' has a field "alow", which no policy has. Received { alow: [ 'private' ] }`);
  expect(() => addressPolicy({ default: 'Deny' } as never)).toThrow(`The property 'options.default' must be 'allow' or 'deny'. Received 'Deny'`);
  expect(() => addressPolicy({ deny: 'private' } as never)).toThrow('The "options.deny" property must be an instance of Array. Received');
  expect(() => addressPolicy(5 as never)).toThrow('The "options" argument must be of type object. Received');
  expect(() => addressPolicy({ ['x'.repeat(1e5)]: 1 })).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{1,300}$/s) as unknown }));
  expect(() => addressPolicy({ default: null } as never)).toThrow(code('ERR_INVALID_ARG_VALUE'));
  for (const list of ['private', null, {}, new Set(['private'])]) expect(() => addressPolicy({ deny: list } as never)).toThrow(code('ERR_INVALID_ARG_TYPE'));
  for (const options of [null, 5, 'private', ['private']]) expect(() => addressPolicy(options as never)).toThrow(code('ERR_INVALID_ARG_TYPE'));
  // A hole is no rule.
  expect(() => addressPolicy({ allow: new Array(1) as never })).toThrow(code('ERR_INVALID_ARG_VALUE'));
});
