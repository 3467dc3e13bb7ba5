import { inetEndpoint, type Transport } from '@netstrata/transport';
import { createNetwork } from '@netstrata/transport-memory';
import { expect, it } from 'vitest';
import { Attempt } from '../src/dial/attempt.js';

it('a transport that calls onConnect inside connect is told so', () => {
  const { tcp } = createNetwork().host('here');
  const early: Transport = {
    name: 'early',
    capabilities: tcp.capabilities,
    connect(endpoint, sink, options) {
      sink.onConnect();
      return tcp.connect(endpoint, sink, options);
    },
  };
  expect(() => { new Attempt(null).start(early, inetEndpoint('10.0.0.1', 7), {}, () => {}); }).toThrow(/nothing is reported inside a call \(rule C1\)/);
});
