import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDriver } from '@netstrata/handles';
import net from '@netstrata/net-compat';
import { createNet, type Net } from '@netstrata/net-compat/core';
import { createNetwork } from '@netstrata/transport-memory';

const hasRoomAround = getDriver().name === 'host';
const isWindows = process.platform === 'win32';

/** A net and where its servers listen. */
export interface Ground {
  readonly net: Net;
  /** Chunks are as `node:net` gave them: there may be room around the bytes, with unknown content. */
  readonly hasRoomAround?: boolean;
  /** An endpoint for `listen` and `connect`, a new one each time. */
  readonly place: () => { readonly host: string; readonly port: number } | { readonly path: string };
}

/** Hosts of a simulated network. */
function memoryGround(): Ground {
  const host = createNetwork().host('here');
  let port = 1000;
  return { net: createNet(host), place: () => ({ host: '127.0.0.1', port: port++ }) };
}

/** Everything that carries bytes here, by name; `remove` deletes what they have left. */
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
