import { getDefaultResultOrder } from 'node:dns';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { createNetwork } from '@netstrata/transport-memory';
import { createNet, type Behaviour, type ConnectOptions, type LookupFunction, type LookupOptions } from '../src/core.js';
import { systemClock } from '../src/runtime/clock.js';
import { WhatWorked } from '../src/shared/what-worked.js';

/** Which families a resolver is asked for: both apart is a race. */
async function asks(behaviour: Behaviour | undefined, options: Partial<ConnectOptions>): Promise<unknown[]> {
  const network = createNetwork();
  const [web, laptop] = [network.host('web', '10.0.0.1'), network.host('laptop', '10.0.0.2')];
  createNet(web).createServer((socket) => socket.end()).listen(80);
  const asked: unknown[] = [];
  const lookup = ((_name: string, { family, all }: LookupOptions, done: (...answer: unknown[]) => void) => {
    asked.push(family);
    if (all) done(null, [{ address: '10.0.0.1', family: 4 }]);
    else done(null, '10.0.0.1', 4);
  }) as LookupFunction;
  const net = createNet({ tcp: laptop.tcp, lookup, behaviour });
  const socket = net.connect({ host: 'web.example', port: 80, ...options } as ConnectOptions).resume();
  await once(socket, 'close');
  network.close();
  return asked;
}

/** The first is what the program has said, or the runtime's own. */
const race = getDefaultResultOrder() === 'ipv4first' ? [4, 6] : [6, 4];
const inTurn = [undefined];

it.each<[string, Behaviour | undefined, Partial<ConnectOptions>, unknown[]]>([
  ['nobody says anything', undefined, {}, inTurn],
  ['the call', undefined, { autoSelectFamily: 'race' } as never, race],
  ['the net', { autoSelectFamily: 'race' }, {}, race],
  ['the net, where the call asks for both families', { autoSelectFamily: 'race' }, { autoSelectFamily: true }, race],
  ['the call against the net', { autoSelectFamily: 'race' }, { autoSelectFamily: false }, inTurn],
  ['the call against a net without', { autoSelectFamily: false }, { autoSelectFamily: 'race' } as never, race],
  ['one family, all of its addresses', undefined, { autoSelectFamily: 'race', family: 4 } as never, [4]],
  ['a near port, from which there can be one attempt', undefined, { autoSelectFamily: 'race', localPort: 4000 } as never, inTurn],
])('who decides how addresses are tried: %s', async (_what, behaviour, options, asked) => {
  expect(await asks(behaviour, options)).toEqual(asked);
});

it('other values are refused, in the words of Node', () => {
  const net = createNet({ tcp: createNetwork().host('a', '10.0.0.1').tcp });
  for (const autoSelectFamily of ['Race', 'both', 1, {}]) {
    expect(() => net.connect({ port: 1, host: 'a', autoSelectFamily } as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  }
  for (const connectTimeout of ['1', -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => net.connect({ port: 1, host: '10.0.0.1', connectTimeout } as never)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^ERR_(INVALID_ARG_TYPE|OUT_OF_RANGE)$/) as string }));
  }
});

it('what worked is kept for ten minutes and 256 hosts', () => {
  let now = 0;
  const worked = new WhatWorked({ ...systemClock, now: () => now });
  const found = { address: '10.0.0.1', family: 4 };
  for (let i = 0; i < 300; i++) worked.keep(`host ${i}`, found);
  expect([worked.of('host 0'), worked.of('host 43'), worked.of('host 44'), worked.of('host 299')]).toEqual([undefined, undefined, expect.objectContaining(found), expect.objectContaining(found)]);
  now = 600_001;
  expect(worked.of('host 299')).toBeUndefined();
  worked.keep('again', found);
  worked.forget('again');
  expect(worked.of('again')).toBeUndefined();
});
