import { compliance } from '@netstrata/transport/compliance';
import { tcp } from '@netstrata/transport-tcp';
import { describe, it } from 'vitest';
import { socks } from '../src/index.js';
import { proxyOn } from './support/proxy.js';

const { url } = await proxyOn(tcp, { over: tcp, policy: { default: 'allow' }, bind: true });
const listenEndpoint = () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' }) as const;

compliance({ describe, it }, { name: 'SOCKS5 over TCP', transport: socks(url, { over: tcp }), listening: tcp, listenEndpoint });
compliance({ describe, it }, { name: 'SOCKS5 over TCP, also listening', transport: socks(url, { over: tcp }), listenEndpoint });
compliance({ describe, it }, { name: 'BIND over TCP', transport: tcp, listening: socks(url, { over: tcp }), listenEndpoint });
compliance({ describe, it }, { name: 'SOCKS5 over TCP, pipelined', transport: socks(url, { over: tcp, pipeline: true }), listening: tcp, listenEndpoint });
