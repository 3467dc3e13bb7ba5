import { isIP } from '@netstrata/ip-utils';
import { BlockList } from '@netstrata/ip-utils/block-list';
import { invalidArgType } from '@netstrata/stream-core';
import { builtinNet } from '../runtime/runtime.js';

/** What a BlockList is asked: ours and the builtin's are alike. */
export interface AddressChecker {
  check(address: string, family: 'ipv4' | 'ipv6'): boolean;
}

export function checkBlockList(value: unknown, name: string): asserts value is AddressChecker {
  if (BlockList.isBlockList(value) || isBuiltin(value)) return;
  // Node's words.
  throw invalidArgType(name, 'an net.BlockList', value);
}

/** Node 20 has no `isBlockList`. */
function isBuiltin(value: unknown): boolean {
  const Class = builtinNet?.BlockList;
  return Class !== undefined && (value instanceof Class || Class.isBlockList?.(value) === true);
}

/** Asks for the family that the address is of: a resolver may say another, and a transport may not mind. */
export function isBlocked(list: AddressChecker | undefined, address: string): boolean {
  return list !== undefined && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
