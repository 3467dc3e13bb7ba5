// ---- [ours] the header of a socket
import { createNet, type Socket } from '@netstrata/net-compat/core';
import { proxyProtocol, type ReceivedProxyHeader } from '@netstrata/transport-proxy-protocol';
import { tcp } from '@netstrata/transport-tcp';
const net = createNet({ tcp: proxyProtocol(tcp, { accept: 'required', trust: ['10.0.0.0/8'] }) });
net.createServer((socket: Socket) => {
  const header: ReceivedProxyHeader | undefined = socket.proxyHeader;
  const peer = header?.peer;
  if (peer && 'address' in peer) peer.address.toUpperCase();
  socket.proxyHeader.version.toFixed(); // error
  socket.proxyHeader = header; // error
}).listen(443);

// ---- [ours] the header of a socket of net
import * as net from 'net';
import { proxyHeaderOf } from '@netstrata/transport-proxy-protocol';
net.createServer((socket) => {
  const version: 1 | 2 | undefined = socket.proxyHeader?.version;
  const authority: string | undefined = proxyHeaderOf(socket)?.authority;
  socket.end(`${version} ${authority}`);
});

// ---- [ours] what is sent
import { proxyProtocol, type ProxyProtocolOptions, type Refusal } from '@netstrata/transport-proxy-protocol';
import { tcp } from '@netstrata/transport-tcp';
const source = { address: '203.0.113.7', port: 1, family: 'IPv4' } as const;
const options: ProxyProtocolOptions = { send: 2, header: ({ remote }) => ({ source, destination: remote }) };
proxyProtocol(tcp, options);
proxyProtocol(tcp, { send: 2, header: () => undefined });
proxyProtocol(tcp, { send: 3 }); // error
proxyProtocol(tcp, { send: 2, header: async () => ({ source }) }); // error
proxyProtocol(tcp, { accept: 'required', trust: ['loopback'], onRefused: ({ reason, peer }: Refusal) => { reason.trim(); void peer; } });

// ---- [ours] in CommonJS
import proxy = require('@netstrata/transport-proxy-protocol');
import tcp = require('@netstrata/transport-tcp');
proxy.proxyProtocol(tcp.tcp, { accept: 'optional', trustPaths: true });
