import { library } from '@netstrata/config/tsup';

export default library({
  deferred: {
    engine: [
      'src/engine', 'src/read', 'src/write', 'src/flushing/turn.ts', 'src/flushing/process-end.ts', 'src/bytes/byte-queue.ts',
      'src/bytes/chunk-decoder.ts', 'src/duplex/duplex-options.ts',
    ],
    errors: ['src/base/errors.ts'],
    pair: ['src/duplex/duplex-pair.ts'],
    pipe: ['src/duplex/pipe.ts'],
    iterate: ['src/duplex/iterate.ts'],
  },
});
