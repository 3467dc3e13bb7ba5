import { existsSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { freshPath } from '@netstrata/config/fresh-path';
import { dial, Listening, TRANSPORTS } from './support/listen.js';

const listing = (path: string): string[] => readdirSync(dirname(path));

for (const [driver, transport] of Object.entries(TRANSPORTS)) {
  describe.skipIf(process.platform === 'win32')(`the socket file, ${driver} driver`, () => {
    // net-compat asks for `shared` unless a server is exclusive; outside of a cluster that changes nothing.
    for (const shared of [false, true]) {
      it(`is there when listen returns, and goes with the listener (shared: ${shared})`, async () => {
        const path = freshPath();
        const own = new Listening(transport, path, { shared });
        expect(lstatSync(path).isSocket()).toBe(true);
        await own.listening;
        await own.close();
        expect(existsSync(path)).toBe(false);
      });

      it(`stays when it is another listener's by now, which goes on (shared: ${shared})`, async () => {
        const path = freshPath();
        const first = new Listening(transport, path, { shared });
        await first.listening;
        rmSync(path);
        const second = new Listening(transport, path, { shared });
        await second.listening;
        const before = listing(path);
        await first.close();
        expect(listing(path)).toEqual(before);
        expect(await dial(transport, path)).toBeNull();
        expect(second.connections).toBe(1);
        await second.close();
        expect(existsSync(path)).toBe(false);
      });
    }

    it("stays when it is no socket any more, with what is in it", async () => {
      const path = freshPath();
      const own = new Listening(transport, path);
      await own.listening;
      rmSync(path);
      writeFileSync(path, 'something else');
      await own.close();
      expect(readFileSync(path, 'utf8')).toBe('something else');
      rmSync(path);
    });

    it('may have been removed, or renamed', async () => {
      const path = freshPath();
      const removed = new Listening(transport, path);
      await removed.listening;
      rmSync(path);
      expect(await removed.close()).toBeNull();
      const renamed = new Listening(transport, path);
      await renamed.listening;
      renameSync(path, `${path}.moved`);
      expect(await renamed.close()).toBeNull();
      expect(lstatSync(`${path}.moved`).isSocket()).toBe(true);
      rmSync(`${path}.moved`);
    });

    it('of a listener that was detached stays', async () => {
      const path = freshPath();
      const own = new Listening(transport, path);
      await own.listening;
      const native = own.listener.detach!();
      own.listener.close();
      expect(existsSync(path)).toBe(true);
      const heir: { closed?: () => void } = {};
      const closed = new Promise<void>((resolve) => (heir.closed = resolve));
      const listening = new Promise<void>((resolve) => {
        const adopted = transport.adoptListener!(native, {
          onListening() {
            adopted.close();
            resolve();
          },
          onConnection: (connection) => { connection.close(); },
          onAcceptError: () => {},
          onClose: () => heir.closed?.(),
        });
      });
      await listening;
      await closed;
      expect(existsSync(path)).toBe(false);
    });
  });
}
