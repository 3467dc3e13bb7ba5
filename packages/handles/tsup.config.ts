import { library } from '@netstrata/config/tsup';

export default library({
  deferred: {
    bun: ['src/bun'],
    deno: ['src/libuv/binding/deno.ts'],
    host: ['src/node-net'],
    lent: ['src/libuv/connection/lent-connection.ts'],
  },
});
