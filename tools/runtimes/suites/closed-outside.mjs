// A handle that somebody else closes: whoever has the connection hears of it.
import { ok } from 'node:assert';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDriver } from '@netstrata/handles';
import { runner } from './runner.mjs';

const { describe, it } = runner;
const nothing = { onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose() {} };
const places = {
  'TCP': { address: '127.0.0.1', port: 0, family: 'IPv4' },
  'a path': { path: join(tmpdir(), `netstrata-outside-${process.pid}.sock`) },
};

/** What the dialling end hears once its handle was closed. */
function closedOutside(place) {
  const driver = getDriver();
  return new Promise((resolve, reject) => {
    const listener = driver.listen(place, {
      onConnection(peer) {
        peer.sink = { ...nothing, onEnd: () => peer.close() };
        peer.readStart();
      },
      onListening() {
        const connection = driver.connect(listener.local, {
          ...nothing,
          onConnect() {
            connection.readStart();
            setImmediate(() => connection.native.close());
          },
          onEnd: () => heard('end'),
          onClose: () => heard('close'),
        });
        const timer = setTimeout(() => heard('nothing'), 5000);
        function heard(what) {
          clearTimeout(timer);
          connection.close();
          listener.close();
          resolve(what);
        }
      },
      onAcceptError: reject,
      onClose: (error) => error && reject(error),
    });
  });
}

describe('a handle that is closed by somebody else', () => {
  for (const [name, place] of Object.entries(places)) {
    it(`is reported, over ${name}`, async () => {
      const heard = await closedOutside(place);
      ok(heard === 'close' || heard === 'end', `heard ${heard}`);
    });
  }
});
