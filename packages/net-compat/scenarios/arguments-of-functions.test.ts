import type { BlockList, SocketAddressInitOptions } from 'node:net';
import { hostileBut, tryAll } from './support/hostile.js';
import { scenario } from './support/scenario.js';
import { throwingGetter, throwingProxy } from './support/strange-objects.js';

const ONCE = { media: ['tcp4'] } as const;

for (const name of ['isIP', 'isIPv4', 'isIPv6'] as const) {
  scenario(`${name} of anything`, ONCE, (t) => {
    tryAll(t, name, (value) => t.net[name](value as string));
    tryAll(t, 'addresses', (value) => t.net[name](value as string), ADDRESSES.map((text) => [text, () => text]));
  });
}

const ADDRESSES = [
  '127.0.0.1', '127.0.0.1 ', ' 127.0.0.1', '127.0.0.1\0', '127.0.0', '127.0.0.01', '0127.0.0.1', '256.0.0.1', '1.2.3.4.5', '1.2.3.', '.1.2.3', '::', '::1', '::1%lo',
  '::1%', '%lo', '::%', 'fe80::1%eth0', 'fe80::1%a%b', '1::2::3', ':::', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7', '12345::', '::ffff:1.2.3.4', '::1.2.3.4',
  '::ffff:1.2.3', '1.2.3.4::', 'g::', '[::1]', '::1/64', '::FFFF:7F00:1', 'A::b', '::1\n', '１.2.3.4',
];

scenario('setDefaultAutoSelectFamily and anything', ONCE, (t) => {
  const before = t.net.getDefaultAutoSelectFamily();
  tryAll(t, 'set', (value) => [t.net.setDefaultAutoSelectFamily(value as boolean), t.net.getDefaultAutoSelectFamily()]);
  t.net.setDefaultAutoSelectFamily(before);
});

scenario('setDefaultAutoSelectFamilyAttemptTimeout and anything', ONCE, (t) => {
  const before = t.net.getDefaultAutoSelectFamilyAttemptTimeout();
  tryAll(t, 'set', (value) => [t.net.setDefaultAutoSelectFamilyAttemptTimeout(value as number), t.net.getDefaultAutoSelectFamilyAttemptTimeout()]);
  t.net.setDefaultAutoSelectFamilyAttemptTimeout(before);
});

scenario('_normalizeArgs of anything', ONCE, (t) => {
  const normalize = (t.net as unknown as { _normalizeArgs(args: unknown): unknown[] })._normalizeArgs;
  const shown = (normalized: unknown[]): unknown[] => [...normalized];
  tryAll(t, 'one', (value) => shown(normalize([value])));
  tryAll(t, 'second', (value) => shown(normalize([1, value])));
  tryAll(t, 'third', (value) => shown(normalize([1, 'host', value])));
  tryAll(t, 'options and', (value) => shown(normalize([{ port: 1 }, value])));
});

const FIELDS = ['address', 'port', 'family', 'flowlabel'] as const;

scenario('SocketAddress of anything', { ...ONCE, since: 22 }, (t) => {
  const read = (options?: unknown): unknown[] => {
    const { address, port, family, flowlabel } = new t.net.SocketAddress(options as SocketAddressInitOptions);
    return [address, port, family, flowlabel];
  };
  tryAll(t, 'options', read);
  // These abort the process of the builtin, as a flowlabel.
  const values = hostileBut((value) => Object.is(value, -0) || value === 2 ** 31 || value === 2 ** 31 - 1);
  // How an object looks in a message is util.inspect's business, which ip-utils does without.
  const shown = values.filter(([, make]) => typeof make() !== 'object' || Array.isArray(make()));
  for (const field of FIELDS) tryAll(t, field, (value) => read({ [field]: value }), field === 'family' ? shown : values);
  tryAll(t, 'flowlabel of ipv6', (value) => read({ family: 'ipv6', flowlabel: value }), values);
  for (const family of ['ipv4', 'ipv6', 'IPv4', 'IPV6', 4, 6]) {
    for (const address of ADDRESSES) t.attempt(`${family} ${address}`, () => read({ family, address }), 'addresses');
  }
  for (const field of FIELDS) t.attempt(`throwing ${field}`, () => read(throwingGetter(field)));
  t.attempt('throwing proxy', () => read(throwingProxy()));
});

const PARSED = ['1.2.3.4:5', '1.2.3.4', '1.2.3.4:', '1.2.3.4:65536', '1.2.3.4:-1', '[::1]:8', '[::1]', '::1', '[::1]:99999', 'localhost:1', '1.2.3.4:5/x', '1.2.3:80', '0x7f.1:80', ' 1.2.3.4:5', '1.2.3.4:80?x', 'a@1.2.3.4:5'];

scenario('SocketAddress.parse of anything', { ...ONCE, since: 26 }, (t) => {
  const { parse } = t.net.SocketAddress as unknown as { parse(text: unknown): { address: string; port: number; family: string } | undefined };
  const read = (value: unknown): unknown => {
    const parsed = parse(value);
    return parsed && [parsed.address, parsed.port, parsed.family];
  };
  tryAll(t, 'anything', read);
  tryAll(t, 'texts', read, PARSED.map((text) => [text, () => text]));
});

const METHODS = ['addAddress', 'addRange', 'addSubnet', 'check'] as const;

function call(list: BlockList, method: (typeof METHODS)[number], ...args: unknown[]): unknown[] {
  const given = (list[method] as (...args: unknown[]) => unknown)(...args);
  return [given, list.rules];
}

for (const method of METHODS) {
  scenario(`BlockList.${method} of anything`, ONCE, (t) => {
    const list = (): BlockList => new t.net.BlockList();
    const second = method === 'addRange' ? '1.2.3.9' : method === 'addSubnet' ? 8 : 'ipv4';
    tryAll(t, 'the first', (value) => call(list(), method, value, second));
    // Up to Node 22 the builtin aborts the process on a prefix of -0.
    const values = hostileBut((value) => Object.is(value, -0));
    tryAll(t, 'the second', (value) => call(list(), method, '1.2.3.4', value), values);
    tryAll(t, 'the second, of IPv6', (value) => call(list(), method, '::1', value, 'ipv6'), values);
    tryAll(t, 'the third', (value) => call(list(), method, '1.2.3.4', second, value));
    for (const address of ADDRESSES) {
      t.attempt(address, () => call(list(), method, address, second), method);
      t.attempt(`${address} of IPv6`, () => call(list(), method, address, method === 'addRange' ? '::9' : second, 'ipv6'), method);
    }
    t.attempt('nothing', () => call(list(), method), method);
  });
}

scenario('what BlockList has since Node 24, and anything', { ...ONCE, since: 24 }, (t) => {
  tryAll(t, 'isBlockList', (value) => (t.net.BlockList as unknown as { isBlockList(value: unknown): boolean }).isBlockList(value));
  tryAll(t, 'fromJSON', (value) => {
    const into = new t.net.BlockList() as BlockList & { fromJSON(value: unknown): void };
    into.fromJSON(value);
    return into.rules;
  }, hostileBut((value) => typeof value === 'string'));
});

scenario('BlockList and rules in text', { ...ONCE, since: 26 }, (t) => {
  const rules = ['Subnet: IPv4 10.0.0.0/8', 'Address: IPv4 1.2.3.4', 'Range: IPv4 1.2.3.4-1.2.3.9', 'Subnet: IPv6 fe80::/10', 'Address: IPv6 ::1', 'Range: IPv6 ::1-::9', 'Address: IPv4 x', 'nonsense', 'Subnet: IPv4 10.0.0.0/99', 'Range: IPv4 9.9.9.9-1.1.1.1', ''];
  for (const rule of rules) {
    for (const [form, value] of [['in an array', [rule]], ['as JSON', JSON.stringify([rule])], ['alone', rule]] as const) {
      t.attempt(`${rule} ${form}`, () => {
        const list = new t.net.BlockList() as BlockList & { fromJSON(value: unknown): void };
        list.fromJSON(value);
        return [list.rules, list.check('1.2.3.5'), list.check('::1', 'ipv6')];
      });
    }
  }
});

scenario('SocketAddresses as the arguments of BlockList', ONCE, (t) => {
  const { BlockList: List, SocketAddress: Address } = t.net;
  const list = new List();
  list.addRange(new Address({ address: '1.2.3.4' }), new Address({ address: '1.2.3.9' }));
  list.addAddress(new Address({ address: '::1', family: 'ipv6' }));
  list.addSubnet(new Address({ address: '10.0.0.0' }), 8);
  for (const [text, family] of [['1.2.3.5', 'ipv4'], ['::1', 'ipv6'], ['10.9.9.9', 'ipv4'], ['::ffff:1.2.3.5', 'ipv6'], ['9.9.9.9', 'ipv4']] as const) {
    t.log(text, list.check(text, family), list.check(new Address({ address: text, family })));
  }
  for (const [label, make] of hostileBut((value) => typeof value === 'string')) t.attempt(label, () => list.check(make() as string));
});
