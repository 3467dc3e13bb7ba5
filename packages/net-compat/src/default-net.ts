import { BlockList } from '@netstrata/ip-utils/block-list';
import { SocketAddress } from '@netstrata/ip-utils/socket-address';
import { ipc } from '@netstrata/transport-ipc';
import { tcp } from '@netstrata/transport-tcp';
import { createDefaultNet } from './net.js';

/** Node's net over TCP, UNIX sockets and Windows pipes. */
export const net = { ...createDefaultNet({ tcp, ipc }), BlockList, SocketAddress };

export const {
  connect, createConnection, createServer, Stream,
  getDefaultAutoSelectFamily, setDefaultAutoSelectFamily, getDefaultAutoSelectFamilyAttemptTimeout, setDefaultAutoSelectFamilyAttemptTimeout,
  _normalizeArgs,
} = net;
