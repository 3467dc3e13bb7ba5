import { isPathEndpoint, systemError, type Acceptor, type Endpoint, type ListenEndpoint, type Transport } from '@netstrata/transport';
import { fromWebStreams } from '@netstrata/transport/adapters';

const acceptors = new Map<string, Acceptor>();
const nameOf = (endpoint: ListenEndpoint) => (isPathEndpoint(endpoint) ? endpoint.path : '');

/** Bytes one way. What waits for a reader is bounded: beyond 64 KiB a write stays pending. */
const pipe = () => new TransformStream<Uint8Array, Uint8Array>({}, undefined, new ByteLengthQueuingStrategy({ highWaterMark: 65_536 }));

export const fortyLines: Transport = {
  name: 'forty-lines',
  capabilities: { halfClose: true, reset: true, listen: true, bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false, open: false },

  connect(endpoint, sink) {
    const there = pipe();
    const back = pipe();
    const near = fromWebStreams({ readable: back.readable, writable: there.writable }, { remote: endpoint });
    near.sink = sink;
    // Nothing may be reported from inside this call.
    queueMicrotask(() => {
      if (near.remote === null) return; // closed meanwhile
      const acceptor = acceptors.get(nameOf(endpoint));
      if (!acceptor) return void back.writable.abort(systemError({ code: 'ECONNREFUSED', syscall: 'connect', endpoint }));
      acceptor.onConnection(fromWebStreams({ readable: there.readable, writable: back.writable }, { local: endpoint }));
      sink.onConnect();
    });
    return near;
  },

  listen(endpoint, acceptor) {
    const name = nameOf(endpoint);
    const taken = acceptors.has(name);
    let open = !taken;
    if (open) acceptors.set(name, acceptor);
    queueMicrotask(() => {
      if (taken) acceptor.onClose(systemError({ code: 'EADDRINUSE', syscall: 'listen', endpoint }));
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
