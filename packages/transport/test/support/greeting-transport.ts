import { ByteReader } from '@netstrata/stream-core/reader';
import { capabilitiesOver, LayerAcceptor, LayerConnection, type Accepting } from '../../src/layers/index.js';
import {
  systemError, type Acceptor, type Capabilities, type Connection, type ConnectSink, type DialOptions, type Endpoint, type Listener,
  type ListenEndpoint, type ListenerOptions, type Transport,
} from '../../src/index.js';

const HELLO = new TextEncoder().encode('hello\n');

class Greeting extends LayerConnection {
  readonly #reader = new ByteReader();
  readonly #isDialled: boolean;
  readonly #isHasty: boolean;

  constructor(caller: ConnectSink | Accepting, isDialled: boolean, isHasty: boolean) {
    super(caller);
    this.#isDialled = isDialled;
    this.#isHasty = isHasty;
  }

  greet(): void {
    this.send(HELLO);
    this.below!.readStart();
    if (this.#isHasty) this.saidAll();
  }

  protected override connected(): void {
    if (this.#isDialled) this.greet();
  }

  protected override received(bytes: Uint8Array): void {
    this.#reader.push(bytes);
    const line = this.#reader.takeLine(16);
    if (line === null) return;
    if (line === 'hello') this.opened(this.#reader.release());
    else this.fail(systemError({ code: 'EPROTO', syscall: 'connect' }));
  }

  protected override ended(): void {
    this.fail(systemError({ code: 'ECONNRESET', syscall: 'read' }));
  }
}

/** Both ends say hello first. Hasty ones are connected before they have heard it. */
export class GreetingTransport implements Transport {
  readonly name = 'greeting';
  readonly #below: Transport;
  readonly #isHasty: boolean;

  constructor(below: Transport, isHasty = false) {
    this.#below = below;
    this.#isHasty = isHasty;
  }

  get capabilities(): Capabilities {
    return capabilitiesOver(this.#below.capabilities);
  }

  connect(endpoint: Endpoint, sink: ConnectSink, options?: DialOptions): Connection {
    const layer = new Greeting(sink, true, this.#isHasty);
    return layer.attach(this.#below.connect(endpoint, layer, options));
  }

  listen(endpoint: ListenEndpoint, given: Acceptor, options?: ListenerOptions): Listener {
    const acceptor = new LayerAcceptor(given, (accepting, below) => {
      const layer = new Greeting(accepting, false, this.#isHasty).attach(below);
      layer.greet();
      return layer;
    });
    return acceptor.over(this.#below.listen!(endpoint, acceptor, options));
  }
}
