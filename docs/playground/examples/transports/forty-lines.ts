// A whole transport. The suite tests every rule of the contract on it.
// Then uncomment a mistake, and run it again.
import { isPathEndpoint, systemError } from '@netstrata/transport';
import type { Acceptor, Endpoint, ListenEndpoint, Transport } from '@netstrata/transport';
import { fromWebStreams } from '@netstrata/transport/adapters';

const acceptors = new Map<string, Acceptor>();
const nameOf = (endpoint: ListenEndpoint) => (isPathEndpoint(endpoint) ? endpoint.path : '');

const limit = { highWaterMark: 65_536 };
// Mistake 1 (C8): a peer that does not read is not waited for.
// limit.highWaterMark = Infinity;

/** Bytes one way. Beyond 64 KiB that nobody has read, a write stays pending. */
const pipe = () => new TransformStream<Uint8Array, Uint8Array>(
  {}, undefined, new ByteLengthQueuingStrategy(limit),
);

const transport: Transport = {
  name: 'forty-lines',
  capabilities: {
    halfClose: true, reset: true, listen: true, bind: false, adopt: false,
    noDelay: false, keepAlive: false, typeOfService: false, open: false,
  },

  connect(endpoint, sink) {
    const [there, back] = [pipe(), pipe()];
    const near = fromWebStreams(
      { readable: back.readable, writable: there.writable }, { remote: endpoint },
    );
    near.sink = sink;
    const open = () => {
      if (near.remote === null) return; // closed meanwhile
      const acceptor = acceptors.get(nameOf(endpoint));
      if (!acceptor) {
        const error = systemError({ code: 'ECONNREFUSED', syscall: 'connect', endpoint });
        return void back.writable.abort(error);
      }
      const far = { readable: there.readable, writable: back.writable };
      acceptor.onConnection(fromWebStreams(far, { local: endpoint }));
      sink.onConnect();
    };
    // Mistake 2 (C1): reported inside of the call.
    // if (acceptors.has(nameOf(endpoint))) { open(); return near; }
    queueMicrotask(open);
    return near;
  },

  listen(endpoint, acceptor) {
    const name = nameOf(endpoint);
    // Mistake 3 (E3): two may listen on one name.
    // acceptors.delete(name);
    const taken = acceptors.has(name);
    let open = !taken;
    if (open) acceptors.set(name, acceptor);
    queueMicrotask(() => {
      const error = systemError({ code: 'EADDRINUSE', syscall: 'listen', endpoint });
      if (taken) acceptor.onClose(error);
      else if (open) acceptor.onListening();
    });
    const close = () => {
      if (!open) return;
      open = false;
      acceptors.delete(name);
      queueMicrotask(() => acceptor.onClose(null));
    };
    return { local: endpoint as Endpoint, close, ref() {}, unref() {} };
  },
};

let names = 0;
export default { transport, listenEndpoint: () => ({ path: `name-${++names}` }) };
