import { isNameEndpoint, type ConnectSink, type Endpoint, type InetEndpoint } from '@netstrata/transport';
import { tellNative } from '@netstrata/transport/layers';
import type { Settings } from '../options/socks-options.js';
import type { Place } from '../wire/address.js';
import type { Dialogue, Granted } from '../wire/dialogue.js';
import { dialable, ProxyConnection } from './proxy-connection.js';

/** A connection through a proxy. */
export class Dialled extends ProxyConnection {
  #remote: Endpoint | null;
  #local: InetEndpoint | null = null;

  /** @param place what the caller has dialled */
  constructor(sink: ConnectSink, place: Place, dialogue: Dialogue, settings: Settings) {
    super(sink, 'connect', place, dialogue, settings);
    this.#remote = isNameEndpoint(place) ? null : place;
  }

  /** That of the far end of the proxy, where it tells. */
  override get local(): Endpoint | null {
    return this.isOpen ? this.#local : null;
  }

  override get remote(): Endpoint | null {
    return this.isOpen ? this.#remote : null;
  }

  protected override granted({ bound, remote }: Granted): boolean {
    this.#local = dialable(bound);
    if (remote !== undefined) this.#remote = dialable(remote);
    tellNative(this.below!.native, { local: this.#local, remote: this.#remote });
    this.done();
    return false;
  }
}
