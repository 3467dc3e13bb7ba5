import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Endpoint } from '@netstrata/transport';
import type { Command } from '../../src/index.js';

const script = fileURLToPath(new URL('../../relay.mjs', import.meta.url));

const wordsOf = (endpoint: Endpoint): string[] => ('path' in endpoint ? [endpoint.path] : [endpoint.address, `${endpoint.port}`]);

/** The relay in this folder. */
export function relay(endpoint: Endpoint): Command {
  return { file: process.execPath, args: [script, ...wordsOf(endpoint)], connected: 'connected\n' };
}

/** OpenBSD's, which is Debian's. Where it dials a path it does not say when it has got there. */
export function nc(endpoint: Endpoint): Command {
  if ('path' in endpoint) return { file: 'nc', args: ['-N', '-U', endpoint.path] };
  return { file: 'nc', args: ['-N', '-v', '-n', ...wordsOf(endpoint)], connected: 'succeeded' };
}

export const hasNc = /OpenBSD netcat/.test(spawnSync('nc', ['-h'], { encoding: 'utf8' }).stderr ?? '');
