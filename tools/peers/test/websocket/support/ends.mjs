import { once } from 'node:events';
import { createServer } from 'node:http';
import { dial } from '@netstrata/transport-websocket';
import { accept } from '@netstrata/transport-websocket/server';
import { onTestFinished } from 'vitest';

/** A sink that keeps what comes, and can be waited for. */
export class Sink {
  events = [];
  chunks = [];
  error = null;
  #looks = [];

  get bytes() {
    return Buffer.concat(this.chunks);
  }

  get length() {
    return this.chunks.reduce((sum, { length }) => sum + length, 0);
  }

  #told(event) {
    this.events.push(event);
    for (const look of this.#looks.splice(0)) look();
  }

  async until(holds) {
    while (!holds()) await new Promise((resolve) => this.#looks.push(resolve));
  }

  /** Until that was told, or nothing more will be. */
  event(name) {
    return this.until(() => this.events.includes(name) || this.events.includes('close'));
  }

  onConnect() { this.#told('connect'); }
  onData(chunk) {
    this.chunks.push(chunk);
    this.#told('data');
  }
  onEnd() { this.#told('end'); }
  onWriteDone() { this.#told('writeDone'); }
  onShutdownDone() { this.#told('shutdownDone'); }
  onClose(error) {
    this.error = error;
    this.#told('close');
  }
}

/** A server of ours on a free port. `next` gives its connections, one after the other, stopped. */
export async function site(options) {
  const server = createServer((_request, response) => void response.writeHead(404).end());
  const [made, waiting] = [[], []];
  const listener = accept(server, {
    onListening() {},
    onConnection(connection) {
      const end = { connection, sink: new Sink() };
      connection.sink = end.sink;
      const next = waiting.shift();
      if (next === undefined) made.push(end);
      else next(end);
    },
    onAcceptError() {},
    onClose() {},
  }, options);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    listener.close();
    server.close();
    server.closeAllConnections();
  });
  const next = () => (made.length > 0 ? Promise.resolve(made.shift()) : new Promise((resolve) => waiting.push(resolve)));
  return { port: server.address().port, next };
}

/** Both ends of a connection by way of `port` to a site. */
export async function meet(port, next, options) {
  const sink = new Sink();
  const connection = dial(`ws://127.0.0.1:${port}/`, sink, options);
  await sink.event('connect');
  if (sink.error !== null) throw sink.error;
  return [{ connection, sink }, await next()];
}

/** Writes so many bytes, one write after the other. */
export async function pump({ connection, sink }, bytes) {
  for (let at = 0; at < bytes.length; at += 50_000) {
    const done = sink.events.filter((event) => event === 'writeDone').length;
    if (connection.write(bytes.subarray(at, at + 50_000)) === 0) continue;
    await sink.until(() => sink.events.includes('close') || sink.events.filter((event) => event === 'writeDone').length > done);
  }
}
