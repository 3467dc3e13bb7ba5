import { describe, expect, it } from 'vitest';
import { systemError, type Acceptor, type Connection, type ConnectSink } from '../src/index.js';
import { LayerAcceptor, LayerConnection, type Accepting, type MakeLayer } from '../src/layers/index.js';
import { FaultyTransport } from './support/faulty-transport.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (chunk: Uint8Array): string => new TextDecoder().decode(chunk);

/** What a sink was told, to be waited for. */
class Told implements ConnectSink {
  connection!: Connection;
  readonly events: string[] = [];
  #tell = (): void => {};

  async until(event: string): Promise<readonly string[]> {
    while (!this.events.includes(event)) await new Promise<void>((resolve) => (this.#tell = resolve));
    return this.events;
  }

  #told(event: string): void {
    this.events.push(event);
    this.#tell();
  }

  onConnect(): void { this.#told('connect'); }
  onData(chunk: Uint8Array): void { this.#told(text(chunk)); }
  onEnd(): void { this.#told('end'); }
  onWriteDone(): void {}
  onShutdownDone(): void {}
  onClose(error: Error | null): void { this.#told((error as { code?: string } | null)?.code ?? 'close'); }
}

/** Opens at once, and looks for `bad` at the beginning of what passes. */
class Watching extends LayerConnection {
  seen = '';

  constructor(accepting: Accepting, below: Connection) {
    super(accepting);
    this.attach(below);
    this.opened(undefined, true);
  }

  protected override passing(chunk: Uint8Array): boolean {
    this.seen += text(chunk);
    if (this.seen.startsWith('bad')) this.cut(systemError({ code: 'EPROTO', syscall: 'read' }));
    return 'bad'.startsWith(this.seen);
  }

  protected ended(): void {}
}

/** Opens when the peer has ended, with what has come. */
class Patient extends LayerConnection {
  #heard = '';

  constructor(accepting: Accepting, below: Connection) {
    super(accepting);
    this.attach(below);
    below.readStart();
  }

  protected override received(chunk: Uint8Array): void {
    this.#heard += text(chunk);
  }

  protected ended(): void {
    this.opened(bytes(this.#heard));
  }
}

let names = 0;

/** A listener with such layers, whose connections are given to `accepted`; and what dials it. */
async function between(
  layer: MakeLayer, accepted: (end: Told) => void, most?: number, crowdedOut?: (layer: LayerConnection) => void,
): Promise<{ dial: () => Promise<Told>; next: () => Promise<Told> }> {
  const transport = new FaultyTransport('none');
  const ends: Told[] = [];
  let tell = (): void => {};
  const listening = new Promise<void>((resolve) => (tell = resolve));
  const acceptor: Acceptor = {
    onListening: () => tell(),
    onConnection(connection) {
      const end = new Told();
      end.connection = connection;
      connection.sink = end;
      accepted(end);
      ends.push(end);
      tell();
    },
    onAcceptError() {},
    onClose() {},
  };
  const over = new LayerAcceptor(acceptor, layer, most, crowdedOut);
  const path = `between-${++names}`;
  over.over(transport.listen({ path }, over));
  await listening;
  return {
    async dial() {
      const end = new Told();
      end.connection = transport.connect({ path }, end);
      await end.until('connect');
      end.connection.readStart();
      return end;
    },
    async next() {
      while (ends.length === 0) await new Promise<void>((resolve) => (tell = resolve));
      return ends.shift()!;
    },
  };
}

const reading = ({ connection }: Told): void => connection.readStart();

describe('a layer that watches what passes', () => {
  it('passes it on until it has seen enough, then is out of the way', async () => {
    const layers: Watching[] = [];
    const { dial, next } = await between((accepting, below) => {
      layers.push(new Watching(accepting, below));
      return layers[0];
    }, reading);
    const peer = await dial();
    const end = await next();
    for (const piece of ['b', 'a', 'g', 'bad']) {
      peer.connection.write(bytes(piece));
      await end.until(piece);
    }
    expect([layers[0].seen, layers[0].below!.sink, layers[0].bytesRead]).toEqual(['bag', end, 6]);
  });

  it('resets the connection when it cuts it, and what it has cut is not delivered or counted', async () => {
    const { dial, next } = await between((accepting, below) => new Watching(accepting, below), reading);
    const peer = await dial();
    const end = await next();
    peer.connection.write(bytes('ba'));
    await end.until('ba');
    peer.connection.write(bytes('d'));
    expect(await end.until('EPROTO')).toEqual(['ba', 'EPROTO']);
    expect(end.connection.bytesRead).toBe(2);
    await peer.until('ECONNRESET');
  });
});

describe('an end that a layer has heard', () => {
  it('is told after what came before it, each when it is asked for', async () => {
    const { dial, next } = await between((accepting, below) => new Patient(accepting, below), () => {});
    const peer = await dial();
    peer.connection.write(bytes('all'));
    peer.connection.shutdown();
    const end = await next();
    expect([end.events, end.connection.bytesRead]).toEqual([[], 0]);
    const onData = end.onData.bind(end);
    end.onData = (chunk) => {
      end.connection.readStop();
      onData(chunk);
    };
    end.connection.readStart();
    await end.until('all');
    expect([end.events, end.connection.bytesRead]).toEqual([['all'], 3]);
    end.connection.readStart();
    expect(await end.until('end')).toEqual(['all', 'end']);
    // The other direction is open.
    end.connection.write(bytes('answer'));
    await peer.until('answer');
  });

  it('is told also where the bytes were taken early, and where there were none', async () => {
    for (const said of ['', 'all']) {
      let early: string | null = null;
      const { dial, next } = await between((accepting, below) => new Patient(accepting, below), (end) => {
        const taken = end.connection.takeEarly!();
        early = taken && text(taken);
        reading(end);
      });
      const peer = await dial();
      if (said !== '') peer.connection.write(bytes(said));
      peer.connection.shutdown();
      expect([await (await next()).until('end'), early]).toEqual([['end'], said === '' ? null : said]);
    }
  });
});

describe('a listener of layers', () => {
  it('resets the one that has spoken longest when more speak than may, tells of it, and has the others open', async () => {
    const layers: LayerConnection[] = [];
    const crowdedOut: LayerConnection[] = [];
    const { dial, next } = await between((accepting, below) => {
      layers.push(new Patient(accepting, below));
      return layers.at(-1)!;
    }, reading, 2, (layer) => crowdedOut.push(layer));
    const peers: Told[] = [];
    for (let i = 0; i < 4; i++) peers.push(await dial());
    for (const peer of peers.slice(0, 2)) await peer.until('ECONNRESET');
    expect(crowdedOut).toEqual(layers.slice(0, 2));
    for (const peer of peers.slice(2)) {
      peer.connection.shutdown();
      await (await next()).until('end');
    }
    // Those have left: there is room for two again.
    await Promise.all([dial(), dial()]);
    expect(crowdedOut.length).toBe(2);
  });

  it('does not count those that open at once, or were not wanted, among those that speak', async () => {
    let accepted = 0;
    const { dial } = await between((accepting, below) => {
      if (accepted % 2 === 1) return new Watching(accepting, below);
      accepted++;
      below.abort();
      return null;
    }, () => accepted++);
    for (let i = 0; i < 2500; i++) await dial();
    expect(accepted).toBe(2500);
  });
});
