import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import type { Acceptor, Listener } from '@netstrata/transport';
import { SocketFileListener } from '../src/socket-file.js';
import { freshPath } from '@netstrata/config/fresh-path';

it.skipIf(process.platform === 'win32')('a file that a third process puts there while the listener closes is not replaced', () => {
  const path = freshPath();
  writeFileSync(path, 'first');
  const before = readdirSync(dirname(path));
  const handle: Listener = {
    local: { path },
    close() {
      rmSync(path);
      writeFileSync(path, 'third');
    },
    ref() {},
    unref() {},
  };
  const listener = new SocketFileListener(path, {} as Acceptor, () => handle);
  writeFileSync(`${path}.second`, 'second');
  renameSync(`${path}.second`, path);
  listener.close();
  expect(readFileSync(path, 'utf8')).toBe('third');
  expect(readdirSync(dirname(path))).toEqual(before);
  rmSync(path);
  expect(existsSync(path)).toBe(false);
});
