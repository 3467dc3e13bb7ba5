import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { freshPath } from '@netstrata/config/fresh-path';
import { dial, Listening, TRANSPORTS } from './support/listen.js';

/** What a process leaves behind that was killed while it listened. */
function leaveSocketFile(path: string): void {
  const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', script]);
}

for (const [driver, transport] of Object.entries(TRANSPORTS)) {
  describe.skipIf(process.platform === 'win32')(`listening, ${driver} driver`, () => {
    it('on a socket file that a dead process left gives EADDRINUSE, and leaves it', async () => {
      const path = freshPath();
      leaveSocketFile(path);
      const { ino } = lstatSync(path);
      const own = new Listening(transport, path);
      expect(await own.closed).toMatchObject({ code: 'EADDRINUSE', syscall: 'listen', address: path, port: -1 });
      expect(lstatSync(path).ino).toBe(ino);
      expect(await dial(transport, path)).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', address: path });
      rmSync(path);
    });

    it('where there is a file of another kind gives EADDRINUSE, and leaves it', async () => {
      const path = freshPath();
      writeFileSync(path, 'a file');
      const own = new Listening(transport, path);
      expect(await own.closed).toMatchObject({ code: 'EADDRINUSE' });
      own.listener.close();
      expect(readFileSync(path, 'utf8')).toBe('a file');
      rmSync(path);
    });

    it('where somebody listens gives EADDRINUSE, and does them no harm', async () => {
      const path = freshPath();
      const first = new Listening(transport, path);
      await first.listening;
      const second = new Listening(transport, path);
      expect(await second.closed).toMatchObject({ code: 'EADDRINUSE' });
      second.listener.close();
      expect(await dial(transport, path)).toBeNull();
      await first.close();
    });

    it('on a path that is too long listens at no other', async () => {
      const path = `${freshPath()}${'x'.repeat(200)}`;
      const holder = createServer().listen(path.slice(0, 107));
      await once(holder, 'listening');
      const own = new Listening(transport, path);
      expect(await own.closed).toMatchObject({ code: 'EINVAL', syscall: 'listen', address: path });
      expect(existsSync(path.slice(0, 108))).toBe(false);
      expect(await dial(transport, path)).toMatchObject({ code: 'EINVAL', syscall: 'connect', address: path });
      holder.close();
      await once(holder, 'close');
    });

    it('on a path with a NUL in it listens at no shorter one', async () => {
      const path = freshPath();
      const own = new Listening(transport, `${path}\0x`);
      expect(await own.closed).toMatchObject({ code: 'EINVAL', syscall: 'listen' });
      expect(existsSync(path)).toBe(false);
      expect(await dial(transport, `${path}\0x`)).toMatchObject({ code: 'EINVAL', syscall: 'connect' });
    });
  });
}
