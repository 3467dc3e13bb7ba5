import { chmodSync, existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { getDriver } from '@netstrata/handles';
import { freshPath } from '@netstrata/config/fresh-path';
import { PathLock } from '../src/path-lock.js';
import { dial, Listening, TRANSPORTS } from './support/listen.js';
import { leaveStale } from './support/stale.js';

/** A path in a folder of its own. */
function alone(): string {
  const folder = freshPath();
  mkdirSync(folder);
  return join(folder, 'socket-file');
}

const around = (path: string): string[] => readdirSync(dirname(path));

for (const [driver, transport] of Object.entries(TRANSPORTS)) {
  describe.skipIf(process.platform === 'win32')(`reclaiming a socket file, ${driver} driver`, () => {
    for (const shared of [false, true]) {
      it(`takes the place of one that nobody listens on, and leaves nothing else behind (shared: ${shared})`, async () => {
        const path = alone();
        await leaveStale(path);
        const own = new Listening(transport, path, { reclaim: true, shared });
        await own.listening;
        expect(own.listener.local).toEqual({ path });
        expect(await dial(transport, path)).toBeNull();
        expect(own.connections).toBe(1);
        expect(around(path)).toEqual(['socket-file']);
        expect(await own.close()).toBeNull();
        expect(around(path)).toEqual([]);
      });
    }

    it('listens where there is nothing', async () => {
      const path = alone();
      const own = new Listening(transport, path, { reclaim: true });
      await own.listening;
      expect(around(path)).toEqual(['socket-file']);
      await own.close();
    });

    it('gives EADDRINUSE where somebody listens, who stays', async () => {
      const path = alone();
      const first = new Listening(transport, path);
      await first.listening;
      const second = new Listening(transport, path, { reclaim: true });
      expect(await second.closed).toMatchObject({ code: 'EADDRINUSE', syscall: 'listen', address: path });
      second.listener.close();
      expect(await dial(transport, path)).toBeNull();
      expect(around(path)).toEqual(['socket-file']);
      await first.close();
    });

    it('touches no file of another kind, and no link to one that it could remove', async () => {
      const path = alone();
      writeFileSync(path, 'a file');
      expect(await new Listening(transport, path, { reclaim: true }).closed).toMatchObject({ code: 'EADDRINUSE' });
      expect(readFileSync(path, 'utf8')).toBe('a file');
      const stale = alone();
      await leaveStale(stale);
      const link = alone();
      symlinkSync(stale, link);
      expect(await new Listening(transport, link, { reclaim: true }).closed).toMatchObject({ code: 'EADDRINUSE' });
      expect([lstatSync(link).isSymbolicLink(), lstatSync(stale).isSocket()]).toEqual([true, true]);
      const folder = alone();
      mkdirSync(folder);
      expect(await new Listening(transport, folder, { reclaim: true }).closed).toMatchObject({ code: 'EADDRINUSE' });
    });

    it('tells why it cannot listen there at all', async () => {
      const missing = join(alone(), 'in-no-folder');
      const error = await new Listening(transport, missing, { reclaim: true }).closed;
      expect(error).toMatchObject({ syscall: 'listen', address: missing });
      expect(error).toMatchObject({ code: (await new Listening(transport, missing).closed as NodeJS.ErrnoException).code });
    });

    it.skipIf(process.getuid?.() === 0)('tells that it has no permission', async () => {
      const path = alone();
      await leaveStale(path);
      chmodSync(dirname(path), 0o500);
      expect(await new Listening(transport, path, { reclaim: true }).closed).not.toBeNull();
      chmodSync(dirname(path), 0o700);
      chmodSync(path, 0);
      expect(await new Listening(transport, path, { reclaim: true }).closed).toMatchObject({ code: 'EACCES' });
      expect(existsSync(path)).toBe(true);
    });

    it('can be closed at once, and while it waits for another', async () => {
      const path = alone();
      await leaveStale(path);
      const own = new Listening(transport, path, { reclaim: true });
      own.listener.unref();
      own.listener.ref();
      expect([own.listener.local, own.listener.native, own.listener.detach?.()]).toEqual([null, null, null]);
      expect(await own.close()).toBeNull();
      own.listener.close();
      expect(around(path)).toEqual(['socket-file']);
    });

    it('of several in one process one listens', async () => {
      const path = alone();
      await leaveStale(path);
      const all = Array.from({ length: 8 }, () => new Listening(transport, path, { reclaim: true }));
      const outcomes = await Promise.all(all.map((one) => Promise.race([one.listening.then(() => 'listening'), one.closed.then((error) => (error as NodeJS.ErrnoException).code)])));
      expect(outcomes.sort()).toEqual([...Array<string>(7).fill('EADDRINUSE'), 'listening']);
      expect(await dial(transport, path)).toBeNull();
      expect(around(path)).toEqual(['socket-file']);
      for (const one of all) one.listener.close();
    });

    it('does not hide an abstract name', async () => {
      if (process.platform !== 'linux') return;
      const path = `\0reclaim-${process.pid}-${driver}`;
      const own = new Listening(transport, path, { reclaim: true });
      await own.listening;
      expect(await new Listening(transport, path, { reclaim: true }).closed).toMatchObject({ code: 'EADDRINUSE' });
      await own.close();
    });
  });
}

describe.skipIf(process.platform === 'win32')('the lock of a path', () => {
  const take = (path: string): Promise<PathLock | null> => new Promise((resolve) => {
    const lock: PathLock = new PathLock(getDriver(), path, (isTaken) => { resolve(isTaken ? lock : null); });
  });

  it('is one owner\'s at a time', async () => {
    const path = alone();
    const first = (await take(path))!;
    let isTaken = false;
    const second = take(path).then((lock) => {
      isTaken = true;
      return lock!;
    });
    // What is asked for later is answered meanwhile.
    for (let i = 0; i < 20; i++) await dial(TRANSPORTS['host'], join(dirname(path), around(path)[0]));
    expect(isTaken).toBe(false);
    first.release();
    (await second).release();
    expect(around(path)).toEqual([]);
  });

  it('of an owner who died goes to another, and what the dead left goes with it', async () => {
    const path = alone();
    const lock = (await take(path))!;
    const [name] = around(path) as [string];
    lock.release();
    // Two that died, one after the other.
    for (const dead of [name, `${name.slice(0, -1)}1`]) await leaveStale(join(dirname(path), dead));
    const next = (await take(path))!;
    expect(around(path).sort()).toEqual([name, `${name.slice(0, -1)}1`, `${name.slice(0, -1)}2`]);
    next.release();
    expect(around(path)).toEqual([]);
  });

  it('is nobody\'s where its name is a file of another kind', async () => {
    const path = alone();
    const lock = (await take(path))!;
    const [name] = around(path) as [string];
    lock.release();
    writeFileSync(join(dirname(path), name), 'a file');
    expect(await take(path)).toBeNull();
    expect(around(path)).toEqual([name]);
    linkSync(join(dirname(path), name), path);
  });
});
