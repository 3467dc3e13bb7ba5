import type { NetConnectOpts } from 'node:net';
import { scenario } from './support/scenario.js';

const TCP = { media: ['tcp4'] } as const;

for (const [what, more] of [
  ['a localAddress alone', { localAddress: '127.0.0.2' }],
  ['a localAddress of the other family', { localAddress: '::1' }],
] as const) {
  scenario(`the error of a connection that fails from ${what}`, TCP, async (t) => {
    const options = await t.nowhere(more);
    const socket = t.watch(t.track(t.net.connect(options as NetConnectOpts)), 'client', { events: ['connect', 'error', 'close'] });
    await t.closed(socket);
  });
}
