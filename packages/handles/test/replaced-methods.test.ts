import { describe, expect, it } from 'vitest';
import { Heard, listening, loopback, pair } from './support/heard.js';
import { getDriver } from '../src/index.js';
import { DRIVERS } from './support/transports.js';

type Method = (...args: unknown[]) => unknown;
type Native = Record<string, Method>;

/** A method of a handle that does what it does, and gives nothing back. */
function silence(native: unknown, ...names: string[]): void {
  for (const name of names) {
    const method = (native as Native)[name];
    (native as Native)[name] = (...args) => void method.apply(native, args);
  }
}

for (const [name, driver] of Object.entries(DRIVERS)) {
  describe(`a handle whose methods a tool has replaced, ${name} driver`, () => {
    it('connects where connect gives nothing back', async () => {
      const { acceptor, listener } = await listening(driver, loopback());
      const from = driver.open('tcp');
      silence(from.native, 'connect');
      const sink = new Heard();
      const accepted = acceptor.one('connection');
      driver.connect(listener.local!, sink, { from });
      await sink.one('connect');
      const peer = await accepted as { close(): void };
      const closed = sink.one('close');
      from.close();
      expect(await closed).toBeNull();
      peer.close();
      listener.close();
    });

    it('reads, stops and ends where they give nothing back', async () => {
      const { near, far } = await pair(driver, loopback());
      silence(near.native, 'readStart', 'readStop', 'shutdown', 'ref', 'unref');
      const [sink, other] = [new Heard(), new Heard()];
      near.sink = sink;
      far.sink = other;
      near.ref();
      near.readStart();
      near.readStop();
      near.readStart();
      far.readStart();
      far.write(Buffer.from('x'));
      expect(await sink.one('data')).toBe('x');
      const ended = other.one('end');
      near.shutdown();
      await ended;
      for (const one of [near, far]) one.close();
    });

    it('has its handle before it is told where to go', () => {
      const connection = driver.open('tcp');
      expect(connection.native).toMatchObject({ connect: expect.any(Function) as unknown });
      connection.close();
    });

    it('tells of its end where close calls back without this', async () => {
      const { near, far } = await pair(driver, loopback());
      const sink = new Heard();
      near.sink = sink;
      const native = near.native as Native;
      const close = native['close'];
      native['close'] = (done) => close.call(native, () => { (done as Method)(); });
      const closed = sink.one('close');
      near.close();
      expect(await closed).toBeNull();
      far.close();
    });

    it('shared: the one that had it goes on reading, the other writes', async () => {
      const { near, far } = await pair(driver, loopback());
      const [first, second, other] = [new Heard(), new Heard(), new Heard()];
      near.sink = first;
      far.sink = other;
      // Only what has an owner is somebody's.
      near.owner = {};
      near.readStart();
      far.readStart();
      const shared = driver.adoptConnection(near.native, { shared: true });
      shared.sink = second;
      expect(shared.native).toBe(near.native);
      const heard = Promise.all([other.one('data'), first.one('data')]);
      shared.write(Buffer.from('out'));
      far.write(Buffer.from('in'));
      expect([...(await heard), second.text]).toEqual(['out', 'in', '']);
      const closed = second.one('close');
      shared.close();
      expect(await closed).toBeNull();
      far.close();
    });
  });
}

it('what is put in the place of onread stays there', async () => {
  const { near, far } = await pair(getDriver(), loopback());
  const native = near.native as { onread: Method };
  const { onread } = native;
  let calls = 0;
  native.onread = function (this: unknown, ...args) {
    calls++;
    return onread.apply(this, args);
  };
  const sink = new Heard();
  near.sink = sink;
  near.readStart();
  near.readStop();
  near.readStart();
  far.write(Buffer.from('x'));
  expect([await sink.one('data'), calls]).toEqual(['x', 1]);
  for (const one of [near, far]) one.close();
});

// With the host driver it is known when it is told.
it.runIf(getDriver().name === 'libuv')('why it could not listen is known at once, and told later', async () => {
  const { listener: first } = await listening(getDriver(), loopback());
  const acceptor = new Heard();
  const second = getDriver().listen(first.local!, acceptor);
  expect(second.failure).toMatchObject({ code: 'EADDRINUSE', syscall: 'listen' });
  expect(await acceptor.one('close')).toBe(second.failure);
  first.close();
});
