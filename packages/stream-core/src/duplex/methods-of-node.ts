/* eslint-disable @typescript-eslint/ban-ts-comment -- an error is expected where @types/node is not installed, and in that case alone */
import { descriptorOf } from '../base/options.js';
import { runtimeProcess } from '../base/process.js';
/** @ts-ignore */
import type { Duplex } from 'stream';

/** What Node's readable streams have and a Duplex has not, but for what is Node's own affair. */
const NAMES = [
  'wrap', 'compose', 'map', 'filter', 'forEach', 'toArray', 'some', 'find', 'every',
  'flatMap', 'drop', 'take', 'reduce', 'asIndexedPairs',
] as const;

/**
 * The same as types, of the version of @types/node that a program has, nothing without. In brackets: what is not found is `any`.
 * They declare `writableAborted` too, which no Node gives a Duplex.
 */
type Known = Extract<keyof Duplex, (typeof NAMES)[number] | 'writableAborted' | symbol>;
export type MethodsOfNode = [unknown] extends [Duplex] ? object : Pick<Duplex, Known>;

interface Builtin {
  readonly Readable?: { readonly prototype: object };
}

/**
 * Gives a prototype what the runtime's streams have besides, if it has streams: these methods ask no more of a stream than any has. Those
 * named by symbols are found by that: from Node 24 on they make iterables of streams.
 */
export function takeMethodsOfNode(prototype: object): void {
  const readable = (runtimeProcess?.getBuiltinModule?.('stream') as Builtin | undefined)?.Readable?.prototype;
  if (readable === undefined) return;
  for (const key of [...NAMES, ...Object.getOwnPropertySymbols(readable)]) {
    const method = descriptorOf(readable, key);
    if (typeof method?.value === 'function' && !(key in prototype)) Object.defineProperty(prototype, key, method);
  }
}
