import { getDriver } from '@netstrata/handles';
import { Duplex } from '@netstrata/stream-core';
import { compliance } from '@netstrata/transport/compliance';
import { guard } from '@netstrata/transport-guard';
import { muxSession } from '@netstrata/transport-mux';
import { proxyProtocol } from '@netstrata/transport-proxy-protocol';
import { socks } from '@netstrata/transport-socks';
import { socksServer } from '@netstrata/transport-socks/server';
import { tcp } from '@netstrata/transport-tcp';
import { first, runner } from './runner.mjs';

const listenEndpoint = () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' });
const trust = ['loopback'];
const exactChunks = getDriver().name !== 'host';

const serve = socksServer({ over: tcp, policy: { allow: trust } });
const port = await first(new Promise((resolve, reject) => {
  const listener = tcp.listen(listenEndpoint(), {
    onListening: () => resolve(listener.local.port),
    onConnection: (connection) => void serve(new Duplex(connection)),
    onAcceptError: reject,
    onClose: reject,
  });
  listener.unref();
}));

compliance(runner, { name: 'guard', transport: guard(tcp, { allow: trust }), listenEndpoint, exactChunks });
compliance(runner, { name: 'SOCKS5', transport: socks(`socks5://127.0.0.1:${port}`, { over: tcp }), listening: tcp, listenEndpoint, exactChunks });
compliance(runner, { name: 'PROXY protocol', transport: proxyProtocol(tcp, { accept: 'required', trust, send: 2 }), listenEndpoint, exactChunks });

// The suite listens on several names at once, and a session on one: each name leads to a carrier of its own.
const carriers = new Map();
const quiet = { onConnect() {}, onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose() {} };
const capabilities = {
  halfClose: true, reset: true, listen: true, bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false, open: false,
};

/** A name for two sessions, one at each end of a connection. */
const nameOfCarrier = () => new Promise((resolve, reject) => {
  let dialled;
  const listener = tcp.listen(listenEndpoint(), {
    onListening: () => (dialled = tcp.connect(listener.local, { ...quiet, onConnect: () => joined() })),
    onConnection: (connection) => joined((accepted = connection), (connection.sink = quiet)),
    onAcceptError: reject,
    onClose() {},
  });
  let accepted = null;
  let ends = 0;
  const joined = () => {
    if (++ends < 2) return;
    listener.close();
    const path = `name-${carriers.size}`;
    carriers.set(path, [muxSession(dialled, { side: 'dialler' }), muxSession(accepted, { side: 'acceptor' })]);
    resolve({ path });
  };
});
const through = (end) => ({
  name: 'mux',
  capabilities,
  connect: (endpoint, sink) => carriers.get(endpoint.path)[end].connect(endpoint, sink),
  listen: (endpoint, acceptor) => carriers.get(endpoint.path)[end].listen(endpoint, acceptor),
});
compliance(runner, { name: 'mux', transport: through(0), listening: through(1), listenEndpoint: nameOfCarrier });
