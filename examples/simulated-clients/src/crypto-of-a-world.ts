import { webcrypto } from 'node:crypto';
import type { World } from '@netstrata/simulation';

// Both replace what the whole process uses, so they are for one world at a time. Call what they return to put everything back.

const ON_THREADS = ['digest', 'importKey', 'sign', 'deriveBits'] as const;

/** Stops a world's time while a thread computes for Web Crypto. */
export function waitForCrypto(world: World): () => void {
  const subtle = webcrypto.subtle as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  for (const name of ON_THREADS) {
    const original = subtle[name];
    own(subtle, name, (...args: unknown[]) => world.outside(original.apply(subtle, args)));
  }
  return () => {
    for (const name of ON_THREADS) Reflect.deleteProperty(subtle, name);
  };
}

/** Draws Web Crypto's random values from a world's seed. */
export function seedCrypto(world: World): () => void {
  own(webcrypto, 'getRandomValues', (bytes: Uint8Array) => {
    for (let i = 0; i < bytes.length; i++) bytes[i] = world.random.integer(0, 255);
    return bytes;
  });
  return () => { Reflect.deleteProperty(webcrypto, 'getRandomValues'); };
}

/** In front of the method of the prototype. */
function own(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true });
}
