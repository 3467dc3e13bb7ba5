import { createNet } from '@netstrata/net-compat/core';
import { guard } from '@netstrata/transport-guard';
import { ipc } from '@netstrata/transport-ipc';
import { tcp } from '@netstrata/transport-tcp';

/** All but one network is allowed. */
export const netOver = () => createNet({ tcp: guard(tcp, { deny: ['192.0.2.0/24'] }), ipc });
