import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { freshPath } from '@netstrata/config/fresh-path';
import { dial, TRANSPORTS } from './support/listen.js';
import { leaveStale } from './support/stale.js';

const PROCESSES = 5;
const ROUNDS = 24;
const starter = fileURLToPath(new URL('fixtures/starter.mjs', import.meta.url));

/** What each says in turn. */
async function said(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as [unknown];
  return message;
}

async function begin(driver: string): Promise<ChildProcess> {
  const child = fork(starter, [driver], { execArgv: [] });
  await said(child);
  return child;
}

for (const [driver, transport] of Object.entries(TRANSPORTS)) {
  it.skipIf(process.platform === 'win32')(`of processes that start at once one listens, round after round, ${driver} driver`, async () => {
    const folder = freshPath();
    mkdirSync(folder);
    const path = join(folder, 'socket-of-all');
    const children = await Promise.all(Array.from({ length: PROCESSES }, () => begin(driver)));
    try {
      for (let round = 0; round < ROUNDS; round++) {
        // Now and then nothing is there, or what a process left that was killed while it listened; otherwise as if it had been.
        if (round % 3 !== 0 && !existsSync(path)) await leaveStale(path);
        const answers = children.map(said);
        for (const child of children) child.send(path);
        const heard = await Promise.all(answers);
        expect([...heard].sort()).toEqual([...Array<string>(PROCESSES - 1).fill('EADDRINUSE'), 'listening']);
        expect(await dial(transport, path)).toBeNull();
        expect(readdirSync(folder)).toEqual(['socket-of-all']);
        const winner = heard.indexOf('listening');
        if (round % 4 === 3) {
          children[winner].kill('SIGKILL');
          await once(children[winner], 'exit');
          children[winner] = await begin(driver);
        } else {
          const closed = said(children[winner]);
          children[winner].send('close');
          expect(await closed).toBe('closed');
          expect(existsSync(path)).toBe(false);
        }
      }
    } finally {
      for (const child of children) child.kill();
    }
  });

  it.skipIf(process.platform === 'win32')(`no process that dies while it starts keeps others from it, ${driver} driver`, async () => {
    const folder = freshPath();
    mkdirSync(folder);
    const path = join(folder, 'socket-of-all');
    for (let round = 0; round < 6; round++) {
      await leaveStale(path);
      const children = await Promise.all([begin(driver), begin(driver), begin(driver)]);
      const dying = children[0];
      const heard = children.slice(1).map(said);
      for (const child of children) child.send(path);
      // Somewhere on its way: as soon as one has made a file, or when this one has said what came of it.
      let isDone = false;
      dying.once('message', () => { isDone = true; });
      while (readdirSync(folder).length < 2 && !isDone) await new Promise((resolve) => { setImmediate(resolve); });
      dying.kill('SIGKILL');
      await once(dying, 'exit');
      const outcomes = await Promise.all(heard);
      const listening = outcomes.filter((outcome) => outcome === 'listening').length;
      // It can have listened already when the others looked.
      expect(listening + outcomes.filter((outcome) => outcome === 'EADDRINUSE').length).toBe(2);
      expect(listening).toBeLessThan(2);
      const last = await begin(driver);
      for (const child of children.slice(1)) child.kill('SIGKILL');
      await Promise.all(children.slice(1).map((child) => once(child, 'exit')));
      const answer = said(last);
      last.send(path);
      expect(await answer).toBe('listening');
      const closed = said(last);
      last.send('close');
      await closed;
      last.kill();
      expect(existsSync(path)).toBe(false);
    }
  });
}
