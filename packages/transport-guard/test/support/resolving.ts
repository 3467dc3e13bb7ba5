import {
  isNameEndpoint, systemError, type ConnectSink, type DialEndpoint, type Endpoint, type NameEndpoint, type ResolvingTransport, type Transport,
} from '@netstrata/transport';
import { capabilitiesOver, LayerConnection, refusedConnection } from '@netstrata/transport/layers';

class Named extends LayerConnection {
  readonly #asked: NameEndpoint;
  readonly #tells: boolean;

  constructor(sink: ConnectSink, asked: NameEndpoint, tells: boolean) {
    super(sink);
    this.#asked = asked;
    this.#tells = tells;
  }

  override get remote(): Endpoint | null {
    return this.#tells ? super.remote : null;
  }

  protected override connected(): void {
    this.opened();
  }

  protected ended(): void {}

  protected override failure(error: Error): Error {
    return systemError({ code: (error as { code?: string }).code, syscall: 'connect', endpoint: this.#asked });
  }
}

/** A transport that resolves names itself, as one with a far end does: the answers of `resolve`. It notes what it is given. */
export function resolving(
  below: Transport, resolve: (host: string) => string | undefined, seen: unknown[] = [], tells = true,
): ResolvingTransport {
  return {
    name: 'resolving',
    capabilities: { ...capabilitiesOver(below.capabilities), names: true },
    connect(endpoint: DialEndpoint, sink, options) {
      seen.push({ ...endpoint });
      if (!isNameEndpoint(endpoint)) return below.connect(endpoint, sink, options);
      const address = resolve(endpoint.host);
      if (address === undefined) return refusedConnection(sink, systemError({ code: 'ENOTFOUND', syscall: 'connect', endpoint }), null);
      const layer = new Named(sink, endpoint, tells);
      const family = address.includes(':') ? 'IPv6' : 'IPv4';
      return layer.attach(below.connect({ address, port: endpoint.port, family }, layer, options));
    },
    listen: (endpoint, acceptor, options) => below.listen!(isNameEndpoint(endpoint) ? { port: endpoint.port } : endpoint, acceptor, options),
  };
}
