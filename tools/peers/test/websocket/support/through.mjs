import { randomBytes } from 'node:crypto';
import { freePort } from '@netstrata/integration/src/servers/daemon.mjs';
import { muxSession } from '@netstrata/transport-mux';
import { describe, expect, it, onTestFinished } from 'vitest';
import { meet, pump, Sink, site } from './ends.mjs';

/**
 * What a reverse proxy has to leave as it is.
 * @param {string} name
 * @param {(port: number, site: number) => Promise<() => Promise<void>>} start the proxy, on a port, before a site; gives what stops it
 */
export function through(name, start) {
  /** Both ends, and what stops the proxy between them. */
  async function ends(options) {
    const { port: behind, next } = await site({ origins: ['https://page.example'], ...options });
    const port = await freePort();
    const stop = await start(port, behind);
    let stopped;
    const once = () => (stopped ??= stop());
    onTestFinished(once);
    return { port, next, stop: once, pair: await meet(port, next, { headers: { origin: 'https://page.example' } }) };
  }

  describe(`between both ends, ${name}`, () => {
    it('passes bytes on, both ways at once', async () => {
      const { pair } = await ends();
      const bytes = [randomBytes(3_000_000), randomBytes(2_000_000)];
      for (const { connection } of pair) connection.readStart();
      await Promise.all(pair.map((end, i) => pump(end, bytes[i])));
      await Promise.all(pair.map(({ sink }, i) => sink.until(() => sink.length === bytes[1 - i].length)));
      for (const [i, { sink }] of pair.entries()) expect(sink.bytes.equals(bytes[1 - i])).toBe(true);
    });

    it.each([[0, 1], [1, 0]])('passes an end on, behind everything, from end %i', async (from, to) => {
      const { pair } = await ends();
      const bytes = randomBytes(500_000);
      for (const { connection } of pair) connection.readStart();
      await pump(pair[from], bytes);
      pair[from].connection.close();
      await pair[to].sink.event('end');
      expect(pair[to].sink.bytes.equals(bytes)).toBe(true);
      expect(pair[to].sink.error).toBeNull();
    });

    it.each([[0, 1], [1, 0]])('passes a reset on as a reset, from end %i', async (from, to) => {
      const { pair } = await ends();
      pair[to].connection.readStart();
      pair[from].connection.write(Buffer.from('hello'));
      await pair[to].sink.event('data');
      pair[from].connection.abort();
      await pair[to].sink.event('close');
      expect(pair[to].sink.events).not.toContain('end');
      expect(pair[to].sink.error).toMatchObject({ code: 'ECONNRESET' });
    });

    it('is a reset for both when it goes', async () => {
      const { pair, stop } = await ends();
      for (const { connection } of pair) connection.readStart();
      await stop();
      for (const { sink } of pair) {
        await sink.event('close');
        expect(sink.events).not.toContain('end');
        expect(sink.error).toMatchObject({ code: 'ECONNRESET' });
      }
    });

    it('stops who sends when nobody reads, and not the other direction', async () => {
      const { pair: [near, far] } = await ends();
      const total = 64_000_000;
      const writing = pump(near, Buffer.alloc(total));
      near.connection.readStart();
      // The buffers on the way fill while bytes come back; when those have come and nothing more was taken, they are full.
      let [before, back] = [-1, 0];
      while (before < near.connection.bytesWritten) {
        before = near.connection.bytesWritten;
        await pump(far, Buffer.alloc(500_000));
        back += 500_000;
        await near.sink.until(() => near.sink.length >= back);
      }
      expect(near.connection.bytesWritten).toBeLessThan(total);
      far.connection.readStart();
      await writing;
      near.connection.shutdown();
      await far.sink.event('end');
      expect(far.sink.length).toBe(total);
    });

    it('carries many streams, each with ends and resets of its own', async () => {
      const { pair: [near, far], stop } = await ends();
      const [dialler, acceptor] = [muxSession(near.connection, { side: 'dialler' }), muxSession(far.connection, { side: 'acceptor' })];
      const [accepted, waiting] = [[], []];
      acceptor.listen({ path: 'streams' }, {
        onListening() {},
        onConnection(connection) {
          const end = { connection, sink: new Sink() };
          connection.sink = end.sink;
          connection.readStart();
          accepted.push(end);
          for (const look of waiting.splice(0)) look();
        },
        onAcceptError() {},
        onClose() {},
      });
      const dialled = Array.from({ length: 20 }, () => {
        const sink = new Sink();
        return { sink, connection: dialler.connect({ path: 'streams' }, sink) };
      });
      await Promise.all(dialled.map(({ sink }) => sink.event('connect')));
      while (accepted.length < dialled.length) await new Promise((resolve) => waiting.push(resolve));
      // A side that ends hears what is said after that.
      dialled[0].connection.readStart();
      await pump(dialled[0], Buffer.from('a question'));
      dialled[0].connection.shutdown();
      await accepted[0].sink.event('end');
      await pump(accepted[0], Buffer.alloc(1_000_000));
      accepted[0].connection.shutdown();
      await dialled[0].sink.event('end');
      expect([String(accepted[0].sink.bytes), dialled[0].sink.length]).toEqual(['a question', 1_000_000]);
      // A reset is that of one stream, until the carrier goes.
      dialled[1].connection.abort();
      await accepted[1].sink.event('close');
      expect(accepted[1].sink.error).toMatchObject({ code: 'ECONNRESET' });
      dialled[2].connection.readStart();
      await pump(accepted[2], Buffer.from('still here'));
      await dialled[2].sink.event('data');
      await stop();
      await Promise.all([...dialled.slice(2), ...accepted.slice(2)].map(({ sink }) => sink.event('close')));
      for (const { sink } of [...dialled.slice(2), ...accepted.slice(2)]) {
        expect(sink.events).not.toContain('end');
        expect(sink.error).toMatchObject({ code: 'ECONNRESET' });
      }
    });

    it('says where the client is, in the headers of the request', async () => {
      const { pair: [, far] } = await ends();
      expect(far.connection.facts.webSocket).toMatchObject({ origin: 'https://page.example', path: '/', remoteAddress: '127.0.0.1' });
      expect(far.connection.facts.webSocket.headers['x-forwarded-for']).toBe('127.0.0.1');
    });

    it('passes a token on, in a header and in a subprotocol', async () => {
      const { port: behind, next } = await site({ token: 'secret' });
      const port = await freePort();
      const stop = await start(port, behind);
      onTestFinished(stop);
      await meet(port, next, { token: 'secret' });
      // Not a token of HTTP: it goes as a subprotocol.
      await expect(meet(port, next, { token: 'another sécret' })).rejects.toMatchObject({ code: 'EACCES', status: 401 });
    });

    it('answers for a site that is gone', async () => {
      const [port, behind] = [await freePort(), await freePort()];
      onTestFinished(await start(port, behind));
      await expect(meet(port, () => null)).rejects.toMatchObject({ code: 'EHOSTUNREACH', syscall: 'connect' });
    });
  });
}
