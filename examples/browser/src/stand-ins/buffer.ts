// The npm package, and what `ioredis` asks of Node's beside it.
export * from 'buffer/index.js';

/** As V8 has it on 64 bits. */
export const constants = { MAX_LENGTH: 2 ** 31 - 1, MAX_STRING_LENGTH: 2 ** 29 - 24 };
