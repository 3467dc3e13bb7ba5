import { afterEach, expect, it } from 'vitest';
import { BlockList } from '../src/block-list/index.js';
import { parseAddress } from '../src/address/index.js';
import { contains, merge, parseCIDR } from '../src/cidr/index.js';
import { classify } from '../src/classify/index.js';
import { addressPolicy } from '../src/policy/index.js';
import { PrefixMap } from '../src/prefix-map/index.js';
import { SocketAddress } from '../src/socket-address/index.js';

const polluted = Object.prototype as Record<string, unknown>;
const keys = { family: 'ipv6', address: '6.6.6.6', port: 666, flowlabel: 6, strict: true, zone: 'z', prefix: 1, allow: ['::/0'], deny: [], default: 'allow', as: 'parsed', cidr: '::/0' };
afterEach(() => {
  for (const key of Object.keys(keys)) Reflect.deleteProperty(polluted, key);
});

it('options that an attacker put on Object.prototype are not read', () => {
  const plain = { made: new SocketAddress().toJSON(), port: new SocketAddress({ port: 5 }).toJSON() };
  Object.assign(polluted, keys);
  const made = { made: new SocketAddress().toJSON(), port: new SocketAddress({ port: 5 }).toJSON() };
  const inherited = new SocketAddress(Object.create({ port: 7 }) as object).port;
  const list = new BlockList();
  list.addSubnet('10.0.0.0', 8);
  list.addAddress('1.2.3.4');
  const seen = { rules: list.rules, nat64: list.check('64:ff9b::10.0.0.1', 'ipv6'), class: classify('10.0.0.1') };
  const policy = addressPolicy({ allow: [{ address: '10.0.0.1' }] });
  const asked = [addressPolicy({}).check('::1'), policy.check('::1'), policy.check('10.0.0.1'), merge('10.0.0.1/8', {}), parseCIDR('10.0.0.1/8', {})];
  const ten = parseAddress('10.0.0.1')!;
  const parsed = [contains('10.0.0.0/8', ten), new PrefixMap([['10.0.0.0/8', 1]]).covering(ten)];
  const defaults = addressPolicy({ deny: ['10.0.0.0/8'] }).default;
  for (const key of Object.keys(keys)) Reflect.deleteProperty(polluted, key);
  expect(parsed).toEqual([true, [{ cidr: '10.0.0.0/8', value: 1 }]]);
  expect(defaults).toBe('allow');
  expect(made).toEqual(plain);
  expect(inherited).toBe(7);
  expect(seen).toEqual({ rules: ['Address: IPv4 1.2.3.4', 'Subnet: IPv4 10.0.0.0/8'], nat64: false, class: 'private' });
  const none = { allowed: false, rule: null };
  expect(asked).toEqual([none, none, { allowed: true, rule: { address: '10.0.0.1' } }, ['10.0.0.0/8'], { version: 4, bytes: Uint8Array.of(10, 0, 0, 0), prefix: 8 }]);
});

it('errors do not run what hostile values bring along', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const trap = new Proxy({}, { ownKeys: () => { throw new Error('trap'); }, getPrototypeOf: () => { throw new Error('trap'); }, get: () => { throw new Error('trap'); } });
  const getter = { get a(): never { throw new Error('ran'); } };
  expect(() => new SocketAddress({ family: getter as never })).toThrow(/is invalid. Received \{ a: \[Getter\] \}/);
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  expect(() => new SocketAddress({ family: circular as never })).toThrow(/Circular/);
  expect(() => new BlockList().addAddress(trap as never)).toThrow();
  expect(() => new BlockList().addAddress(proxy as never)).toThrow(TypeError);
});
