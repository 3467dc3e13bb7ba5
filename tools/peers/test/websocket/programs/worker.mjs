import { dial } from '@netstrata/transport-websocket';

/** Dials the URL that is asked for, sends so many bytes, ends, and says what it was told. */
export default {
  fetch(request) {
    const asked = new URL(request.url).searchParams;
    const total = Number(asked.get('bytes'));
    const { promise, resolve } = Promise.withResolvers();
    const seen = { events: [], received: 0, error: null };
    let sent = 0;
    const told = (event) => {
      if (seen.events.at(-1) !== event) seen.events.push(event);
    };
    const more = () => {
      while (sent < total) {
        sent += 60_000;
        if (connection.write(new Uint8Array(Math.min(60_000, total + 60_000 - sent)).fill(7)) !== 0) return;
      }
    };
    const connection = dial(asked.get('url'), {
      onConnect() {
        told('connect');
        connection.readStart();
        more();
      },
      onData(chunk) {
        told('data');
        seen.received += chunk.length;
        if (seen.received === total) connection[asked.get('then')]();
      },
      onEnd() {
        told('end');
        connection.close();
      },
      onWriteDone: more,
      onShutdownDone() {},
      onClose(error) {
        told('close');
        seen.error = error && `${error.syscall} ${error.code}`;
        resolve(Response.json(seen));
      },
    }, { token: 'a token' });
    return promise;
  },
};
