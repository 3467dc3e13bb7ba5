import { once } from 'node:events';
import { relay, throughBastion } from '../../../../examples/wrapping/src/index.js';
import type { Connection, ConnectSink, DialEndpoint, DialOptions, ResolvingTransport, Transport } from '@netstrata/transport';
import { createNetwork, type Host, type Network } from '@netstrata/transport-memory';
import { createNet } from '../../src/core.js';

/** A transport that tells what it is given, and does what another one does. */
export function watched(inner: Transport, seen: unknown[]): Transport {
  return {
    name: inner.name,
    capabilities: { ...inner.capabilities, open: false, adopt: false, lend: false },
    connect(endpoint: DialEndpoint, sink: ConnectSink, options?: DialOptions): Connection {
      seen.push(endpoint);
      return (inner as ResolvingTransport).connect(endpoint, sink, options);
    },
    ...(inner.listen && {
      listen(endpoint, acceptor, options) {
        seen.push(endpoint);
        return inner.listen!(endpoint, acceptor, options);
      },
    }),
  };
}

export interface TwoNetworks {
  readonly outside: Network;
  readonly inside: Network;
  readonly laptop: Host;
  /** A host of the outer network. */
  readonly web: Host;
  /** Hosts of the inner network. */
  readonly redis: Host;
  readonly back: Host;
  /** From the laptop to the inner network. */
  readonly bastion: ResolvingTransport;
}

/** An outer network, and an inner one that is reached from it by a bastion only. */
export async function twoNetworks(): Promise<TwoNetworks> {
  const [outside, inside] = [createNetwork(), createNetwork()];
  const laptop = outside.host('laptop', '10.0.0.1');
  const web = outside.host('web.example', ['10.0.0.3', 'fd00::3']);
  const [front, back] = [outside.host('bastion', '10.0.0.2'), inside.host('bastion', '192.168.0.1')];
  const redis = inside.host('redis.internal', '192.168.0.2');
  const server = relay(createNet({ tcp: front.tcp }), createNet({ tcp: back.tcp, lookup: back.lookup })).listen(22);
  await once(server, 'listening');
  return { outside, inside, laptop, web, redis, back, bastion: throughBastion(laptop.tcp, { address: '10.0.0.2', port: 22, family: 'IPv4' }) };
}
