import type { Medium } from '../medium.js';
import { crowd } from './crowd.js';
import { errors } from './errors.js';
import { halfClose } from './half-close.js';
import { slowReader } from './slow-reader.js';
import { transfer } from './transfer.js';

/** What came of a scene, for people; it throws when a check fails. */
export interface Finding {
  readonly text: string;
  readonly bytesPerSecond?: number;
}

export const scenes: Readonly<Record<string, (medium: Medium) => Promise<Finding>>> = {
  'there and back': transfer,
  'slow reader': slowReader,
  'a crowd': crowd,
  'half-close': halfClose,
  errors,
};
