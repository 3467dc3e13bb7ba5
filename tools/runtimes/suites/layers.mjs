import { getDriver } from '@netstrata/handles';
import { Duplex } from '@netstrata/stream-core';
import { compliance } from '@netstrata/transport/compliance';
import { guard } from '@netstrata/transport-guard';
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
