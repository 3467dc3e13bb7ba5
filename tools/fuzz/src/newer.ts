import type { Player } from './world.js';

const major = Number.parseInt(process.versions.node, 10);

/** Whether net-compat does something as Node 26 everywhere that the builtin of this Node does differently: then it is left out. */
export function isNewer(what: string, { socket, connected }: Player): boolean {
  if (major >= 26) return false;
  // A destroyed socket is no longer paused or resumed, not even by what releases it or runs a tick later.
  if (/^(pip|remove|on readable)/.test(what) || (socket.destroyed && /^(pause|resume|on)/.test(what))) return true;
  if (what === 'loop') return true;
  // It lost an unfinished character after the end.
  if (major < 24 && what === 'setEncoding') return true;
  return major === 20 && !connected && /^(end|endWith|destroySoon)$/.test(what);
}

/** On Node 20 a write that is dropped with its connection has no error. */
export const TELLS_CANCELED = major > 20;

/** The builtin takes a reset behind bytes that were not read for an end. */
export const HIDES_RESETS = major < 24;

/** The builtin of Node 20 treats 0 as no limit. */
export const LOWEST_LIMIT = major === 20 ? 1 : 0;
