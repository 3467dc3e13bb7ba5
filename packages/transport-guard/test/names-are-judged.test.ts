import { createNetwork } from '@netstrata/transport-memory';
import { expect, it } from 'vitest';
import { guard, type GuardOptions, type GuardPolicy } from '../src/index.js';
import { dial, inet, Intake } from './support/ends.js';
import { resolving } from './support/resolving.js';

/** What came of dialling names over a transport that resolves them, and what that was given. */
async function over(policy: GuardPolicy, options: GuardOptions, names: readonly string[], leadsTo = '10.0.0.2', tells = true) {
  const network = createNetwork();
  const [here, there] = [network.host('here', '10.0.0.1'), network.host('there', '10.0.0.2')];
  const intake = await Intake.on(there.tcp, inet('0.0.0.0', 80));
  const seen: unknown[] = [];
  const guarded = guard(resolving(here.tcp, () => leadsTo, seen, tells), policy, options);
  const outcomes: (string | null)[] = [];
  for (const host of names) outcomes.push((await dial(guarded, { host, port: 80 }))?.code ?? null);
  intake.close();
  network.close();
  return { outcomes, seen: seen.map((endpoint) => (endpoint as { host: string }).host) };
}

const DENIED = 'ERR_ADDRESS_DENIED';

it('a name is dialled where a rule for hosts allows it: in any case, and with a final dot', async () => {
  const allowed = ['db.example.org', 'DB.Example.ORG', 'db.example.org.', 'a.example.net', 'a.b.example.net'];
  expect(await over({ default: 'allow' }, { hosts: ['DB.example.org', '*.example.net.'] }, allowed)).toEqual({ outcomes: allowed.map(() => null), seen: allowed });
});

it('all other names are refused, and the transport does not hear of them', async () => {
  const denied = [
    'example.org', 'x.db.example.org', 'example.net', 'evilexample.net', 'db.example.org..', '.db.example.org', 'db.example.org.evil.test',
    'db.example.org\0.evil.test', 'db.example.org@evil.test', 'db.example.org:80', 'db.example.org/', ' db.example.org', 'ｄb.example.org', '', '.',
  ];
  expect(await over({ default: 'allow' }, { hosts: ['db.example.org', '*.example.net'] }, denied)).toEqual({ outcomes: denied.map(() => DENIED), seen: [] });
  expect((await over({ default: 'allow' }, {}, ['example.org'])).outcomes).toEqual([DENIED]);
});

it('names that are addresses are judged as such by the policy, whatever names are allowed', async () => {
  const loopback = [
    '127.1', '0x7f000001', '2130706433', '0177.0.0.1', '0177.0.0.01', '127.0.0.1.', '017700000001', '0x7f.1', '127.0.0.1', '::1', '::ffff:7f00:1',
    'localhost', 'LOCALHOST.', 'db.localhost', 'a.b.localhost.', '１２７.0.0.1', '127。0。0。1', '127.1 x',
    // Dialled, the address of nobody is this host.
    '0', '0.0.0.0', '0x0', '::',
  ];
  expect(await over({ default: 'allow', deny: ['loopback'] }, { hosts: ['*'] }, loopback)).toEqual({ outcomes: loopback.map(() => DENIED), seen: [] });
  const allowed = ['127.1', '2130706433', 'localhost'];
  expect((await over({ allow: ['loopback'] }, {}, allowed)).seen).toEqual(allowed);
});

it('a spelling that is one address in octal and another in decimal has to be allowed as both', async () => {
  const { outcomes } = await over({ default: 'allow', deny: ['10.0.0.0/8'] }, { hosts: ['*'] }, ['010.0.0.1', '012.0.0.1', '010.8.8.8', '08.0.0.1', '0010.1'], '10.0.0.2', false);
  expect(outcomes).toEqual([DENIED, DENIED, DENIED, null, DENIED]);
  expect((await over({ default: 'allow', deny: ['8.0.0.0/8'] }, { hosts: ['*'] }, ['010.0.0.1', '08.0.0.1'])).outcomes).toEqual([DENIED, DENIED]);
});

it('what no resolver takes for a name or an address in ASCII is refused, also where every name is allowed', async () => {
  const odd = ['bücher.example', 'lo\u00adcalhost', 'ⓛocalhost', 'local\u200dhost', '[::1]', '1.2.3.4:80', 'a..b', '-a.example', 'a b', `${'a'.repeat(64)}.example`, 'a.'.repeat(127) + 'aa'];
  expect(await over({ default: 'allow' }, { hosts: ['*'] }, odd)).toEqual({ outcomes: odd.map(() => DENIED), seen: [] });
});

it('of an address that is allowed nothing else may be written with it, nor in other characters', async () => {
  const odd = ['8.8.8.8 x', '8.8.8.8\r\nHost: 10.0.0.1', '8.8.8.8\t', '８.8.8.8', '8。8。8。8', '010.0.0.1 HTTP/1.1\r\n\r\n', '8.8.8.8\0.evil.test'];
  expect(await over({ default: 'allow' }, { hosts: ['*'] }, odd)).toEqual({ outcomes: odd.map(() => DENIED), seen: [] });
});

it('the address that a name has led to is judged where it is told: what a rule denies fails before it is connected', async () => {
  expect((await over({ deny: ['10.0.0.0/8'] }, { hosts: ['*'] }, ['db.example.org'])).outcomes).toEqual([DENIED]);
  expect((await over({ deny: ['10.0.0.0/8'] }, { hosts: ['*'] }, ['db.example.org'], '10.0.0.2', false)).outcomes).toEqual([null]);
  // The rule for the host has allowed what no rule for addresses does.
  expect((await over({ allow: ['global'] }, { hosts: ['db.example.org'] }, ['db.example.org'])).outcomes).toEqual([null]);
});

it('the error has the name, and the rule that was in the way', async () => {
  const here = createNetwork().host('here', '10.0.0.1');
  const guarded = guard(resolving(here.tcp, () => undefined), { deny: ['loopback'] }, { hosts: ['*'] });
  expect(await dial(guarded, { host: 'LocalHost', port: 80 })).toMatchObject({
    message: 'connect ERR_ADDRESS_DENIED: denied by the rule loopback: LocalHost:80', address: 'LocalHost', port: 80, rule: 'loopback',
  });
});
