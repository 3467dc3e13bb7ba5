import net from 'node:net';
import fc from 'fast-check';
import { BlockList } from '../../src/block-list/index.js';
import { ipv4, shortIPv6 } from './arbitraries.js';

type Family = 'ipv4' | 'ipv6';
export type Step = readonly [method: string, ...args: unknown[]];
/** What the tests use of both classes. */
export type AnyList = Record<string, (...args: unknown[]) => unknown> & { readonly rules: string[]; readonly size: number };

export const ours = (options?: { strict?: boolean }) => new BlockList(options) as unknown as AnyList;
export const nodes = () => new net.BlockList() as unknown as AnyList;
/** Whether the builtin of this Node has a member; the newer ones came with Node 26. */
export const nodeHas = (member: string) => member in net.BlockList.prototype || member in net.BlockList;

// Few different addresses, so that rules and questions meet.
const near4 = fc.tuple(fc.constantFrom('1.2.3', '1.2.4', '10.0.0', '0.0.0', '255.255.255'), fc.integer({ min: 0, max: 255 })).map(([head, last]) => `${head}.${last}`);
const near6 = fc.oneof(
  fc.tuple(fc.constantFrom('::', '1::', '1::ffff:', '2001:db8:0:1::', '::fffe:', 'ffff:'.repeat(7), '::ffff:1:'), fc.integer({ min: 0, max: 0xffff })).map(([head, last]) => head + last.toString(16)),
  near4.map((text) => `::ffff:${text}`),
  near4.map((text) => `::${text}`),
);
export const address: fc.Arbitrary<readonly [string, Family]> = fc.oneof(
  fc.tuple(fc.oneof(near4, near4, ipv4), fc.constant('ipv4' as const)),
  fc.tuple(fc.oneof(near6, near6, shortIPv6), fc.constant('ipv6' as const)),
);
const sameFamily = fc.oneof(
  fc.tuple(near4, near4, fc.constant('ipv4' as const)),
  fc.tuple(near6, near6, fc.constant('ipv6' as const)),
);
const subnet = fc.oneof(
  fc.tuple(near4, fc.integer({ min: 0, max: 32 }), fc.constant('ipv4' as const)),
  fc.tuple(near6, fc.oneof(fc.integer({ min: 0, max: 128 }), fc.constantFrom(79, 80, 95, 96, 97, 104, 120, 128)), fc.constant('ipv6' as const)),
);
export const addition: fc.Arbitrary<Step> = fc.oneof(
  address.map(([text, family]) => ['addAddress', text, family] as const),
  sameFamily.map(([start, end, family]) => ['addRange', start, end, family] as const),
  subnet.map(([network, prefix, family]) => ['addSubnet', network, prefix, family] as const),
);

/**
 * What a step did: what it returned, or the error by name, code and message. Not by its stack, whose head the test runner rewrites for the
 * builtin's errors.
 */
export function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    return { name, code, message, text: String(error) };
  }
}
