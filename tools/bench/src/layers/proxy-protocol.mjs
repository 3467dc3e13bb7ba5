import { createNet } from '@netstrata/net-compat/core';
import { ipc } from '@netstrata/transport-ipc';
import { proxyProtocol } from '@netstrata/transport-proxy-protocol';
import { tcp } from '@netstrata/transport-tcp';

/** Clients that send no header are taken as they are, once their first bytes say so. */
export const netOver = () => createNet({ tcp: proxyProtocol(tcp, { accept: 'optional', trust: ['loopback'] }), ipc });
