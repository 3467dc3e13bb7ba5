import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dial, Listening, TRANSPORTS } from './support/listen.js';

let names = 0;
const padsNames = Number.parseInt(process.versions.node, 10) <= 20;
const freshName = (): string => `\0netstrata-${process.pid}-${++names}`;

for (const [driver, transport] of Object.entries(TRANSPORTS)) {
  describe.runIf(process.platform === 'linux')(`abstract sockets, ${driver} driver`, () => {
    it('are listened on and dialled by their name, and leave with their listener', async () => {
      const name = freshName();
      const own = new Listening(transport, name);
      await own.listening;
      expect(own.listener.local).toEqual({ path: name });
      // The kernel shows NUL as @. Up to Node 20 libuv fills the name up with NULs.
      const shown = readFileSync('/proc/net/unix', 'latin1').split('\n').find((line) => line.includes(`@${name.slice(1)}`)) ?? '';
      expect(shown.endsWith(`@${name.slice(1)}`) || padsNames).toBe(true);
      expect(await dial(transport, name)).toBeNull();
      await own.close();
      expect(await dial(transport, name)).toMatchObject({ code: 'ECONNREFUSED' });
    });

    it('cannot be listened on twice', async () => {
      const name = freshName();
      const own = new Listening(transport, name);
      await own.listening;
      expect(await new Listening(transport, name).closed).toMatchObject({ code: 'EADDRINUSE', syscall: 'listen', address: name });
      await own.close();
    });

    it('have names in which every byte counts', async () => {
      const name = freshName();
      const longer = `${name}\0more`;
      const [short, long] = [new Listening(transport, name), new Listening(transport, longer)];
      await Promise.all([short.listening, long.listening]);
      expect(await dial(transport, longer)).toBeNull();
      expect([short.connections, long.connections]).toEqual([0, 1]);
      await Promise.all([short.close(), long.close()]);
    });
  });
}
