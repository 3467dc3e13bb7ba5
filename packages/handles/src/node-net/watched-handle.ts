import type { Socket } from 'node:net';
import { bare } from '@netstrata/stream-core';

/**
 * Owns that a socket of the runtime's hears when its handle is closed by somebody else. It would not: nobody but the caller of `close` is
 * called back.
 */

/** What closes a handle: `terminate` is Bun's. */
const METHODS = ['close', 'terminate'] as const;

type Handle = { readonly reading?: boolean } & { [method in (typeof METHODS)[number]]?: ((...args: unknown[]) => unknown) | undefined };

/** Destroys the socket once its handle is closed otherwise. */
export function watchHandle(socket: Socket): void {
  const shell = socket as Socket & { _handle?: Handle | null };
  const handle = shell._handle;
  if (handle == null) return;
  for (const name of METHODS) {
    const method = handle[name];
    if (typeof method !== 'function' || Object.hasOwn(handle, name)) continue;
    const value = (...args: unknown[]): unknown => {
      const wasIdle = handle.reading === false;
      const result = method.apply(handle, args);
      // The runtime's own way there begins with `destroy`. Without a read under way the next one fails, and says so.
      if (shell._handle === handle && !socket.destroyed && !wasIdle) {
        shell._handle = null;
        process.nextTick(() => { socket.destroy(); });
      }
      return result;
    };
    Object.defineProperty(handle, name, bare({ value, writable: true, configurable: true }));
  }
}

/** The handle goes elsewhere. */
export function unwatchHandle(handle: object): void {
  for (const name of METHODS) Reflect.deleteProperty(handle, name);
}
