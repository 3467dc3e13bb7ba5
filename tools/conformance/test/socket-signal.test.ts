import { scenario } from '../src/scenario.js';

for (const when of ['before the socket is made', 'while it connects', 'once it has connected'] as const) {
  scenario(`a signal that is aborted ${when}`, async (t) => {
    await t.serve((peer) => peer.resume());
    const controller = new AbortController();
    if (when === 'before the socket is made') controller.abort(new Error('no more'));
    const socket = t.watch(t.track(new t.net.Socket({ signal: controller.signal })), 'client', { events: ['connect', 'error', 'close'] });
    socket.on('error', (error) => t.note('client', error.constructor.name, String(error.cause)));
    t.note('client', 'made', socket.destroyed);
    if (when !== 'before the socket is made') socket.connect(t.target());
    if (when === 'while it connects') controller.abort(new Error('no more'));
    if (when === 'once it has connected') {
      await t.once(socket, 'connect');
      controller.abort(new Error('no more'));
    }
    t.note('client', 'then', socket.destroyed);
    await t.closed(socket);
  });
}
