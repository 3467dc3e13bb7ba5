// A policy in front of a transport: what it has judged is what is dialled,
// whatever a name resolves to.
import { createNet } from '@netstrata/net-compat/core';
import { guard } from '@netstrata/transport-guard';
import { createNetwork } from '@netstrata/transport-memory';

const network = createNetwork();
const app = network.host('app', '10.0.0.2');
const servers = { shop: '93.184.216.34', database: '10.0.0.5', metadata: '169.254.169.254' };
for (const [name, address] of Object.entries(servers)) {
  const net = createNet(network.host(name, address));
  net.createServer((socket) => socket.end(`hello from ${name}`)).listen(80, '0.0.0.0');
}

const outside = createNet({
  tcp: guard(app.tcp, { allow: ['global'] }),
  lookup: app.lookup,
});

const fetchFrom = (host: string) => new Promise<string>((resolve) => {
  outside.connect(80, host)
    .setEncoding('utf8')
    .on('data', (text) => resolve(String(text)))
    .on('error', (error) => resolve(error.message));
});

for (const host of ['shop', 'database', 'metadata', '::ffff:10.0.0.5', '64:ff9b::a00:5']) {
  console.log(`${host}: ${await fetchFrom(host)}`);
}
