import { addressPolicy, publicOnly } from '@netstrata/ip-utils/policy';
import { tcp } from '@netstrata/transport-tcp';
import { expect, it } from 'vitest';
import { guard } from '../src/index.js';
import { dial, inet } from './support/ends.js';

const TYPE = 'ERR_INVALID_ARG_TYPE';
const VALUE = 'ERR_INVALID_ARG_VALUE';

it.each([
  ['no transport', TYPE, [undefined, {}]],
  ['a net in place of a transport', TYPE, [{ createServer() {} }, {}]],
  ['no policy', TYPE, [tcp, undefined]],
  ['null in place of a policy', TYPE, [tcp, null]],
  ['a list in place of a policy', TYPE, [tcp, ['global']]],
  ['a rule that is none', VALUE, [tcp, { allow: ['10.0.0.0/33'] }]],
  ['a field that no policy has', VALUE, [tcp, { alow: ['global'] }]],
  ['an option that no guard has', VALUE, [tcp, {}, { acceptForm: {} }]],
  ['options that are none', TYPE, [tcp, {}, null]],
  ['hosts in place of a list of them', TYPE, [tcp, {}, { hosts: '*' }]],
  ['a host that is no text', TYPE, [tcp, {}, { hosts: [/x/] }]],
  ['a hole among the hosts', TYPE, [tcp, {}, { hosts: new Array(1) }]],
  ['an empty host', VALUE, [tcp, {}, { hosts: [''] }]],
  ['a pattern in the middle', VALUE, [tcp, {}, { hosts: ['db.*.example'] }]],
  ['a suffix without its dot', VALUE, [tcp, {}, { hosts: ['*example.org'] }]],
  ['a URL', VALUE, [tcp, {}, { hosts: ['https://example.org'] }]],
  ['a host with a port', VALUE, [tcp, {}, { hosts: ['example.org:80'] }]],
  ['a host that is an address', VALUE, [tcp, {}, { hosts: ['10.0.0.1'] }]],
  ['a host that is an address elsewhere', VALUE, [tcp, {}, { hosts: ['0x7f.1'] }]],
  ['localhost', VALUE, [tcp, {}, { hosts: ['localhost'] }]],
  ['names below localhost', VALUE, [tcp, {}, { hosts: ['*.localhost'] }]],
  ['a path in place of a list', TYPE, [tcp, {}, { paths: '/run' }]],
  ['false for paths', TYPE, [tcp, {}, { paths: false }]],
  ['a path that is no text', TYPE, [tcp, {}, { paths: [null] }]],
  ['an empty path', VALUE, [tcp, {}, { paths: [''] }]],
  ['a policy for listening that is none', VALUE, [tcp, {}, { listen: { allow: ['nowhere'] } }]],
  ['a policy for peers that is none', TYPE, [tcp, {}, { acceptFrom: 'loopback' }]],
])('%s is refused with %s', (_, code, args) => {
  expect(() => guard(...(args as Parameters<typeof guard>))).toThrow(expect.objectContaining({ code }) as Error);
});

it('an error about a policy names the option that has it', () => {
  expect(() => guard(tcp, {}, { acceptFrom: { allow: ['x'] } })).toThrow("The property 'options.acceptFrom.allow[0]' is no CIDR");
  expect(() => guard(tcp, { deny: ['x'] })).toThrow("The property 'policy.deny[0]' is no CIDR");
});

it('a policy that was made before is used as it is', async () => {
  for (const policy of [publicOnly, addressPolicy({ allow: ['global'] }), { allow: ['global'] }]) {
    expect(await dial(guard(tcp, policy), inet('127.0.0.1', 80))).toMatchObject({ code: 'ERR_ADDRESS_DENIED' });
  }
});

it('options do not come from Object.prototype', async () => {
  Object.assign(Object.prototype, { paths: true, check: () => ({ allowed: true, rule: null }) });
  try {
    expect(await dial(guard(tcp, { allow: ['global'] }, {}), { path: '/run/x' })).toMatchObject({ code: 'ERR_ADDRESS_DENIED' });
    expect(await dial(guard(tcp, { allow: ['global'] }, {}), inet('127.0.0.1', 80))).toMatchObject({ code: 'ERR_ADDRESS_DENIED' });
  } finally {
    for (const name of ['paths', 'check']) Reflect.deleteProperty(Object.prototype, name);
  }
});

it('a guard is the transport below in all else', () => {
  const guarded = guard(tcp, {});
  expect([guarded.name, guarded.capabilities]).toEqual([tcp.name, tcp.capabilities]);
  const dialling = guard({ name: 'one way', capabilities: { ...tcp.capabilities, listen: false, adopt: false, open: false }, connect: (...args) => tcp.connect(...args) }, {});
  expect(dialling).toMatchObject({ listen: undefined, open: undefined, adoptConnection: undefined, adoptListener: undefined });
});
