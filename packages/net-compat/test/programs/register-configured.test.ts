import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('register is told again: parts stay, go and are refused as a whole, for sockets that are about to dial and other copies too', async () => {
  const file = fileURLToPath(new URL('../fixtures/register/configured.cjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: fileURLToPath(new URL('../..', import.meta.url)) });
  const type = 'ERR_INVALID_ARG_TYPE';
  const value = 'ERR_INVALID_ARG_VALUE';
  expect(stdout.trim().split('\n')).toEqual([
    'nothing is told - connected',
    'a policy - ERR_ADDRESS_DENIED',
    'nothing more is told - ERR_ADDRESS_DENIED',
    `a rule that is none - ${value} options.egress has a rule that is no CIDR, address, range or class of addresses: "nowhere"`,
    `a policy with a field that is none - ${value} The argument 'options.egress' has a field "alow", which no policy has. Received { alow: [] }`,
    `no rules - ${value} options.egress has no rules: nothing would be allowed by it`,
    `an empty rule - ${value} options.egress has an empty rule`,
    `a rule that is no text - ${type} The rule of options.egress argument must be of type string. Received type number (5)`,
    `a host that is denied - ${value} options.egress denies a host: those are denied that no rule allows: "!host:db.example.org"`,
    expect.stringContaining(`a host that is an address - ${value} options.egress has a rule that is an address, also where it is resolved elsewhere`),
    expect.stringContaining(`text in place of rules - ${type} The "options.egress" property must be an AddressPolicy, options for one, or an Array of rules.`),
    `an option that is none - ${value} The argument 'options' has an option "egres", which is none. Received { egres: [ 'global' ] }`,
    `options that are none - ${type} The "options" argument must be of type object. Received type number (5)`,
    expect.stringContaining(`a route that is none - ${type} The "options.route" property must be a Transport`),
    `no routes - ${value} options.route names no proxy and no route`,
    `a URL that is none - ${value} options.route has a proxy that is no URL with a host, number 1`,
    `a URL among routes - ${value} options.route mixes proxies and routes`,
    'after what could not be followed - ERR_ADDRESS_DENIED',
    'another policy, which holds for what was about to dial - connected',
    'a route - connected',
    'by the route 1',
    'a policy over a route - ERR_ADDRESS_DENIED',
    'by the route 1',
    'the route alone - connected',
    'by the route 2',
    'another copy true',
    'which changes nothing when it is loaded - connected',
    'by the route 3',
    'told by another copy - ERR_ADDRESS_DENIED',
    'what is listened on is not judged true',
    'unregistered, the builtin - connected',
    'registered once more - connected',
  ]);
});
