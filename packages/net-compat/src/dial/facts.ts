import { bare } from '@netstrata/stream-core';
import type { KnownFacts } from '@netstrata/transport';
import type { SocketFace } from '../shared/socket-face.js';

/**
 * Lets a socket show what layers know of its connection, in place of what they knew of the one before. Names that a socket has already stay
 * what they are. Returns the names that it shows.
 */
export function showFacts(socket: SocketFace, facts: KnownFacts | undefined, shown: readonly string[] | null): readonly string[] | null {
  for (const name of shown ?? []) Reflect.deleteProperty(socket, name);
  if (facts === undefined) return null;
  const names = Object.keys(facts).filter((name) => !(name in socket));
  for (const name of names) {
    Object.defineProperty(socket, name, bare({ value: facts[name as keyof KnownFacts], enumerable: true, configurable: true }));
  }
  return names;
}
