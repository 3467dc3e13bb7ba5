import { isPathEndpoint, type Endpoint } from '../contract/endpoint.js';

type Ask = (out: object) => number;

/** A handle of the runtime's, which Node's tls asks where its ends are. */
interface AddressedHandle {
  getpeername?: Ask;
  getsockname?: Ask;
}

/** Where the ends of a connection are; null where nobody knows. */
export interface Ends {
  /** The near end, or null. */
  readonly local: Endpoint | null;
  /** The far end, or null. */
  readonly remote: Endpoint | null;
}

/**
 * Lets the native handle of a connection, if it has one, say of its ends what a layer knows of them, for who knows nothing but the handle:
 * tls over it, above all. That is a matter of addresses: paths are nobody's.
 */
export function tellNative(native: unknown, { local, remote }: Ends): void {
  if (typeof native !== 'object' || native === null) return;
  answer(native, 'getsockname', local);
  answer(native, 'getpeername', remote);
}

/** Only while the handle itself has an answer: it has none where its peer is gone, by which resets are told from ends. */
function answer(handle: AddressedHandle, name: keyof AddressedHandle, endpoint: Endpoint | null): void {
  const own = handle[name];
  if (typeof own !== 'function') return;
  const value = function (this: AddressedHandle, out: object): number {
    const status = own.call(this, {});
    if (status === 0 && endpoint !== null && !isPathEndpoint(endpoint)) Object.assign(out, endpoint);
    return status;
  };
  Object.defineProperty(handle, name, { __proto__: null, value, writable: true, configurable: true } as PropertyDescriptor);
}
