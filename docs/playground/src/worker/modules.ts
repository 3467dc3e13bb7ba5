import { Buffer } from 'buffer/index.js';
import * as events from 'events';
import * as core from '@netstrata/net-compat/core';
import * as promises from '@netstrata/net-compat/core-promises';
import * as address from '@netstrata/ip-utils/address';
import * as cidr from '@netstrata/ip-utils/cidr';
import * as classify from '@netstrata/ip-utils/classify';
import * as policy from '@netstrata/ip-utils/policy';
import * as simulation from '@netstrata/simulation';
import * as streamCore from '@netstrata/stream-core';
import * as reader from '@netstrata/stream-core/reader';
import * as transport from '@netstrata/transport';
import * as adapters from '@netstrata/transport/adapters';
import * as guard from '@netstrata/transport-guard';
import * as memory from '@netstrata/transport-memory';

/** What a program may import by these names. The namespaces are the published entries. */
const MODULES: Readonly<Record<string, object>> = {
  '@netstrata/net-compat/core': core,
  '@netstrata/net-compat/core-promises': promises,
  '@netstrata/ip-utils': core,
  '@netstrata/ip-utils/address': address,
  '@netstrata/ip-utils/cidr': cidr,
  '@netstrata/ip-utils/classify': classify,
  '@netstrata/ip-utils/policy': policy,
  '@netstrata/simulation': simulation,
  '@netstrata/stream-core': streamCore,
  '@netstrata/stream-core/reader': reader,
  '@netstrata/transport': transport,
  '@netstrata/transport/adapters': adapters,
  '@netstrata/transport-guard': guard,
  '@netstrata/transport-memory': memory,
  'node:events': events,
  'node:buffer': { Buffer },
};

const NETS = new Set(['node:net', '@netstrata/net-compat', '@netstrata/net-compat/promises']);

/** A net over a network in memory, with this page as its one host. */
function netsOfPage(): Readonly<Record<string, object>> {
  const net = core.createNet(memory.createNetwork().host('page'));
  return {
    'node:net': { default: net, ...net },
    '@netstrata/net-compat': { default: net, ...core, ...net },
    '@netstrata/net-compat/promises': { ...promises, ...promises.promisesOf(net) },
  };
}

/** `require` of a program. A program of a world has no net but those of its hosts. */
export function modulesFor({ isWorld }: { readonly isWorld: boolean }): (name: string) => unknown {
  let nets: Readonly<Record<string, object>> | null = null;
  return (given) => {
    const name = ['net', 'events', 'buffer'].includes(given) ? `node:${given}` : given;
    if (NETS.has(name) && isWorld) throw new Error(`In a world there is no '${given}': a host has a net of its own, host.net`);
    const found = NETS.has(name) ? (nets ??= netsOfPage())[name] : MODULES[name];
    if (found === undefined) throw new Error(`There is no '${given}' in this page, but ${[...NETS, ...Object.keys(MODULES)].join(', ')}`);
    return { __esModule: true, ...found };
  };
}
