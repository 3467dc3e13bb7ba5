import { descriptorOf } from '@netstrata/stream-core';
import { runtimeProcess } from '../runtime/runtime.js';
import type { Changes } from './changes.js';

/**
 * `process.stdin`, `stdout` and `stderr` are made when they are first read, by way of `net` where they are pipes. They stay the builtin's:
 * what was written to them has to be out when the process ends, however it ends.
 */
export function keepStdio(changes: Changes, exports: object, socket: PropertyDescriptor): void {
  if (runtimeProcess === undefined) return;
  for (const name of ['stdin', 'stdout', 'stderr']) {
    const member = descriptorOf(runtimeProcess, name);
    if (member?.get === undefined) continue;
    let stream: unknown;
    const make = (): unknown => member.get!.call(runtimeProcess);
    changes.replace(runtimeProcess, name, { get: () => (stream ??= withOriginal(exports, socket, make)) });
  }
}

function withOriginal(exports: object, socket: PropertyDescriptor, make: () => unknown): unknown {
  const held = descriptorOf(exports, 'Socket')!;
  Object.defineProperty(exports, 'Socket', socket);
  try {
    return make();
  } finally {
    Object.defineProperty(exports, 'Socket', held);
  }
}
