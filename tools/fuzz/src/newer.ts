import type { Player } from './world.js';

const major = Number.parseInt(process.versions.node, 10);

/** Whether net-compat does something as Node 26, wherever it runs, that the builtin of this Node does otherwise: it is left out then. */
export function isNewer(what: string, { socket, connected }: Player): boolean {
  if (major >= 26) return false;
  // A destroyed socket is neither paused nor resumed any more, also not by what lets go of it or comes a tick later.
  if (/^(pip|remove|on readable)/.test(what) || (socket.destroyed && /^(pause|resume|on)/.test(what))) return true;
  if (what === 'loop') return true;
  // It lost an unfinished character when the end had been.
  if (major < 24 && what === 'setEncoding') return true;
  return major === 20 && !connected && /^(end|endWith|destroySoon)$/.test(what);
}

/** On Node 20 a write that is dropped with its connection has no error. */
export const TELLS_CANCELED = major > 20;

/** The builtin of Node 20 takes 0 for no limit. */
export const LOWEST_LIMIT = major === 20 ? 1 : 0;
