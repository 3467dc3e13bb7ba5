import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDriver } from '@netstrata/handles';
import net from '@netstrata/net-compat';
import { memoryGround, type Ground } from './attack.js';

const hasRoomAround = getDriver().name === 'host';
const isWindows = process.platform === 'win32';

/** All that carry bytes here, by name; `remove` what they have left. */
export function grounds(): { readonly all: Readonly<Record<string, Ground>>; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-attack-'));
  let paths = 0;
  const path = (): string => (isWindows ? `\\\\.\\pipe\\netstrata-attack-${process.pid}-${paths++}` : join(folder, `${paths++}`));
  const all: Record<string, Ground> = {
    tcp: { net, hasRoomAround, place: () => ({ host: '127.0.0.1', port: 0 }) },
    ipc: { net, hasRoomAround, place: () => ({ path: path() }) },
    memory: memoryGround(),
  };
  return { all, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
