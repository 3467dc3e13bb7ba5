import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Socket } from '@netstrata/net-compat/core';
import { check } from '../check.js';
import { amount } from '../format.js';
import type { Medium } from '../medium.js';
import { open } from '../open.js';
import type { Finding } from './index.js';

const PIECE = new Uint8Array(64 * 1024);
/** A writer that gets this far was never stopped. */
const TOO_MUCH = 256 * 1024 * 1024;
/** No 'drain' for so long means that nobody reads. */
const ASLEEP_MS = 100;

/** A reader that sleeps stops the writer; what was on its way waits, and arrives once the reader wakes up. */
export async function slowReader(medium: Medium): Promise<Finding> {
  let reader: Socket | undefined;
  const { dial, close, server } = await open(medium, { pauseOnConnect: true }, (socket) => {
    reader = socket;
  });
  const writer = dial();
  await Promise.all([once(writer, 'connect'), once(server, 'connection')]);

  const { written, drained } = await writeUntilStopped(writer);
  const waiting = writer.writableLength;
  check(reader!.bytesRead === 0, `the sleeping reader has read ${reader!.bytesRead} bytes`);

  const closed = once(reader!, 'close');
  reader!.resume();
  await drained;
  writer.end();
  await closed;
  await close();
  const { bytesRead } = reader!;
  check(bytesRead === written, `${bytesRead} of ${written} bytes arrived`);
  return { text: `the writer was stopped after ${amount(written)}, ${amount(waiting)} of it still with the socket; after 'drain' all of it arrived` };
}

async function writeUntilStopped(writer: Socket): Promise<{ written: number; drained: Promise<unknown> }> {
  for (let written = PIECE.length; written < TOO_MUCH; written += PIECE.length) {
    if (writer.write(PIECE)) continue;
    const drained = once(writer, 'drain');
    const goesOn = await Promise.race([drained, delay(ASLEEP_MS, null)]);
    if (goesOn === null) return { written, drained };
  }
  check(false, `nobody reads, and the writer was never stopped`);
}
