import { library } from '@netstrata/config/tsup';

export default library({
  deferred: {
    ip: ['@netstrata/ip-utils'],
    'ip-block-list': ['@netstrata/ip-utils/block-list'],
    'ip-cidr': ['@netstrata/ip-utils/cidr'],
    'ip-classify': ['@netstrata/ip-utils/classify'],
    transport: ['@netstrata/transport'],
    guard: ['@netstrata/transport-guard'],
    'ip-policy': ['@netstrata/ip-utils/policy'],
    ipc: ['@netstrata/transport-ipc'],
    socks: ['@netstrata/transport-socks'],
    tcp: ['@netstrata/transport-tcp'],
    'address-classes': ['src/api/address-classes.ts'],
    errors: ['src/args/errors.ts', 'src/args/validate.ts'],
    signals: ['src/args/signals.ts', 'src/socket/destroy-on-abort.ts'],
    routes: ['src/shared/routes.ts'],
    outbound: ['src/outbound'],
    'net-promises': ['src/promises/net-promises.ts'],
    waiting: ['src/server/waiting.ts'],
    deadline: ['src/dial/deadline.ts'],
    state: [
      'src/socket/socket-state.ts', 'src/socket/pending-write.ts', 'src/socket/ended-by-peer.ts', 'src/runtime/node-stream-states.ts',
      'src/shared/accepted-options.ts', 'src/shared/under-tls.ts',
    ],
    adopt: ['src/socket/adopt.ts'],
    'user-buffer': ['src/socket/user-buffer.ts'],
    attempts: ['src/dial/attempts.ts'],
    dial: ['src/dial'],
    listen: ['src/server/listen.ts', 'src/server/acceptor.ts'],
  },
});
