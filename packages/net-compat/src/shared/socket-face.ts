import type { Duplex } from '@netstrata/stream-core';
import type { AddressChecker } from '../args/address-checker.js';
import type { ServerFace } from './server-face.js';

/** @internal Where a socket keeps its state. */
export const state = Symbol('netstrata.socket');

/** What the rooms below `socket` ask of a socket. */
export interface SocketFace extends Duplex {
  connecting: boolean;
  readonly pending: boolean;
  readonly _handle: unknown;
  /** The server that accepted this socket. */
  server: ServerFace | null;
  _server: ServerFace | null;
  _host: string | null;
  /** `address:port` of every attempt, when several addresses were tried. */
  autoSelectFamilyAttemptedAddresses: string[] | undefined;
  /** Addresses that are not connected to. */
  blockList: AddressChecker | undefined;
  /** Milliseconds without a byte until 'timeout'. */
  setTimeout(milliseconds: number): unknown;
  /** Bytes have moved: the idle timeout starts again. */
  _unrefTimer(): void;
}
