import { invalidArgType, outOfRange } from '@netstrata/stream-core';
import { checkNumber } from '../base/check.js';
import { knownOptions } from '../base/known-options.js';

/** What a link between two hosts is like, each way. Whatever is not given is ideal. */
export interface LinkConditions {
  /** Milliseconds from one end to the other. */
  readonly latency?: number | undefined;
  /** At most so many milliseconds more, drawn for every packet. Packets of one connection stay in order. */
  readonly jitter?: number | undefined;
  /** Bytes a second, shared by all connections. */
  readonly bandwidth?: number | undefined;
  /** Bytes travel in segments of this size, or of any size between two. */
  readonly segment?: number | readonly [least: number, most: number] | undefined;
  /** The probability (0 to below 1) that a packet is lost and sent again: bytes are delayed, a connection takes longer to be made. */
  readonly loss?: number | undefined;
}

const NAMES = ['latency', 'jitter', 'bandwidth', 'segment', 'loss'] as const;

/** A checked copy. Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE or ERR_OUT_OF_RANGE for conditions that no link can have. */
export function conditionsOf(conditions: LinkConditions): LinkConditions {
  if (typeof conditions !== 'object' || conditions === null) throw invalidArgType('conditions', 'of type object', conditions);
  const copy = knownOptions(conditions, NAMES, 'a link');
  const { latency, jitter, bandwidth, segment, loss } = copy;
  checkNumber(latency, 'latency', 'at least 0', (value) => value >= 0);
  checkNumber(jitter, 'jitter', 'at least 0', (value) => value >= 0);
  checkNumber(bandwidth, 'bandwidth', 'above 0', (value) => value > 0);
  // With a loss of 1 nothing would ever come through: that is a partition.
  checkNumber(loss, 'loss', 'at least 0 and below 1', (value) => value >= 0 && value < 1);
  checkSegment(segment);
  return copy;
}

function checkSegment(segment: LinkConditions['segment']): void {
  const sizes = Array.isArray(segment) ? (segment as readonly number[]) : segment === undefined ? [] : [segment as number];
  for (const size of sizes) checkNumber(size, 'segment', 'a whole number above 0', (value) => Number.isInteger(value) && value > 0);
  const isRange = sizes.length < 2 || (sizes.length === 2 && sizes[0] <= sizes[1]);
  if (!isRange) throw outOfRange('segment', 'a size, or the least and the most', segment);
}
