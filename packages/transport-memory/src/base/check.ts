import { isIP } from '@netstrata/ip-utils';
import { codedError, invalidArgType, optionsOf, outOfRange } from '@netstrata/stream-core';
import type { Host } from '../network/host.js';
import type { LinkConditions } from '../link/path.js';

const NAMES = ['latency', 'jitter', 'bandwidth', 'segment', 'loss'] as const;
const CONDITIONS: ReadonlySet<string> = new Set(NAMES);

/** What a link is like, as it was given. Throws ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE or ERR_OUT_OF_RANGE for what no link is like. */
export function conditionsOf(conditions: LinkConditions): LinkConditions {
  if (typeof conditions !== 'object' || conditions === null) throw invalidArgType('conditions', 'of type object', conditions);
  const own = optionsOf(conditions, NAMES);
  const { latency, jitter, bandwidth, segment, loss } = own;
  for (const key of Object.keys(conditions)) if (!CONDITIONS.has(key)) throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `A link has no condition '${key}'`);
  checkNumber(latency, 'latency', 'at least 0', (value) => value >= 0);
  checkNumber(jitter, 'jitter', 'at least 0', (value) => value >= 0);
  checkNumber(bandwidth, 'bandwidth', 'above 0', (value) => value > 0);
  // Nothing would ever come through: that is a partition.
  checkNumber(loss, 'loss', 'at least 0 and below 1', (value) => value >= 0 && value < 1);
  const sizes = Array.isArray(segment) ? (segment as readonly number[]) : segment === undefined ? [] : [segment as number];
  for (const size of sizes) checkNumber(size, 'segment', 'a whole number above 0', (value) => Number.isInteger(value) && value > 0);
  if (sizes.length > 2 || (sizes.length === 2 && sizes[0] > sizes[1])) throw outOfRange('segment', 'a size, or the least and the most', segment);
  return own;
}

export function checkNumber(value: unknown, name: string, wanted: string, isFine: (value: number) => boolean): void {
  if (value === undefined) return;
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  // Node's wording: It must be ...
  if (!Number.isFinite(value) || !isFine(value)) throw outOfRange(name, wanted, value);
}

/** Throws ERR_INVALID_IP_ADDRESS. */
export function checkAddress(address: string): void {
  if (isIP(address) === 0) throw codedError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${address}`);
}

/** Throws for what cannot be the name of a host: they stand in timelines. */
export function checkName(name: unknown): void {
  if (typeof name !== 'string') throw invalidArgType('name', 'of type string', name);
  if (name === '' || /[\s\u0000-\u001f\u007f-\u009f]/.test(name)) throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `A host cannot be called ${JSON.stringify(name)}`);
}

/** Throws ERR_INVALID_ARG_TYPE for what is no host of this network. */
export function checkHost(host: unknown, hosts: readonly Host[]): asserts host is Host {
  if (!hosts.includes(host as Host)) throw invalidArgType('host', 'a host of this network', host);
}
