/* eslint-disable @typescript-eslint/ban-ts-comment -- an error is expected where @types/node is not installed, and in that case alone */
/**
 * What @types/node declares, of whichever version the program has that is compiled. Where it has none, or an older one without such a name,
 * there is no error, and the name stands for `any`: see `Declared`.
 */
/** @ts-ignore */
import type { BlockList as NodeBlockList, Server as NodeServer, Socket as NodeSocket } from 'node:net';
/** @ts-ignore */
import type { SocketEventMap as NodeSocketEventMap } from 'node:net';
/** @ts-ignore */
import type { Readable as NodeReadable } from 'node:stream';

/**
 * Node's main branch has it of every server. An `http.Server` stays a `Server`, and a `Server` a loop over its connections, only if the
 * servers of `@types/node` are declared to be one too: a property that they lack would set them apart.
 */
/** @ts-ignore */
declare module 'node:net' {
  interface Server {
    [Symbol.asyncIterator](): AsyncIterableIterator<NodeSocket>;
  }
}

/** `Type`, or `Otherwise` where the types of the program do not have it. In brackets: alone, what is not found would be the answer. */
type Declared<Type, Otherwise> = [unknown] extends [Type] ? Otherwise : Type;

/** The classes of `node:net`, or ours where they are not declared; what stands on their constructors, if they are. */
export type SocketOfNode<Own> = Declared<NodeSocket, Own>;
export type ServerOfNode<Own> = Declared<NodeServer, Own>;
export type BlockListOfNode<Own> = Declared<NodeBlockList, Own>;
export type SocketStatics = Declared<Omit<typeof NodeSocket, 'prototype'>, object>;
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- in some versions there is nothing on it
export type ServerStatics = Declared<Omit<typeof NodeServer, 'prototype'>, object>;
export type ReadableOfNode = Declared<NodeReadable, object>;

/** Arguments of 'data'. Before 26 the types of Node said that they are bytes. */
export type DataArguments = Declared<NodeSocketEventMap['data'],
  typeof globalThis extends { Buffer: { prototype: infer Bytes } } ? [data: Bytes] : [data: Uint8Array | string]>;

/** `AbortSignal`, as the libraries of the program declare it, or what is asked of one. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Known } } ? Known : SignalLike;

interface SignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(event: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(event: 'abort', listener: () => void): void;
}
