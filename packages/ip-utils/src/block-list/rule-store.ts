import { readingsOf } from '../address/embedded.js';
import { groups } from '../syntax/groups.js';
import { isMapped } from '../syntax/pton.js';
import { RangeTable } from './range-table.js';
import { RuleSet } from './rule-set.js';
import {
  addressText,
  compareKey,
  FIRST_MAPPED,
  groupsAt,
  isAfter,
  LAST_MAPPED,
  rangeId,
  rangeText,
  subnetBounds,
  subnetId,
  subnetText,
  wordAt,
  type Endpoint,
  type Range,
  type Subnet,
} from './rule.js';

/** What tells one address rule from another: Node lets the later of `1.2.3.4` and `::ffff:1.2.3.4` replace the earlier. */
function addressId({ isIPv4, key }: Endpoint): number | string {
  // A small integer where it can be, which is the fastest key of a Map.
  return isIPv4 ? key[2] | 0 : key.join();
}

/**
 * The rules as they were given, and the tables that answer for them. IPv4 and IPv4-mapped addresses are one space of 32 bits, where single
 * addresses have a Map.
 */
export class RuleStore {
  readonly strict: boolean;
  #addresses = new Map<number | string, Endpoint>();
  #subnets = new RuleSet(subnetId);
  #ranges = new RuleSet(rangeId);
  #ipv4 = new RangeTable(1);
  #ipv6 = new RangeTable(3);

  constructor(strict: boolean) {
    this.strict = strict;
  }

  addAddress(address: Endpoint): void {
    const id = addressId(address);
    if (typeof id === 'string' && !this.#addresses.has(id)) this.#ipv6.add(address.key, address.key);
    this.#addresses.set(id, address);
  }

  removeAddress(address: Endpoint): void {
    const id = addressId(address);
    if (this.#addresses.delete(id) && typeof id === 'string') this.#ipv6.remove(address.key, address.key);
  }

  addSubnet(subnet: Subnet): void {
    this.#subnets.add(subnet);
    this.#indexSubnet(subnet, 'add');
  }

  removeSubnet(subnet: Subnet): void {
    if (this.#subnets.remove(subnet)) this.#indexSubnet(subnet, 'remove');
  }

  /** @returns false, and adds nothing, if the range ends before it starts */
  addRange(range: Range): boolean {
    if (isAfter(range.start, range.end)) return false;
    this.#ranges.add(range);
    this.#indexRange(range, 'add');
    return true;
  }

  removeRange(range: Range): void {
    if (this.#ranges.remove(range)) this.#indexRange(range, 'remove');
  }

  clear(): void {
    this.#addresses = new Map();
    this.#subnets = new RuleSet(subnetId);
    this.#ranges = new RuleSet(rangeId);
    this.#ipv4 = new RangeTable(1);
    this.#ipv6 = new RangeTable(3);
  }

  get size(): number {
    return this.#addresses.size + this.#subnets.size + this.#ranges.size;
  }

  /** Addresses, subnets, ranges; of each the newest first. */
  get texts(): string[] {
    return [
      ...[...this.#addresses.values()].reverse().map(addressText),
      ...this.#subnets.newestFirst.map(subnetText),
      ...this.#ranges.newestFirst.map(rangeText),
    ];
  }

  /** Whether a rule covers the address that was scanned last. */
  coversScanned(isIPv4: boolean): boolean {
    if (isIPv4) return this.#coversIPv4(wordAt(6));
    if (isMapped()) return this.#coversIPv4(wordAt(6)) || this.#coversIPv6();
    return this.#coversIPv6() || (this.strict && readingsOf(groups).some(({ word }) => this.#coversIPv4(word)));
  }

  #coversIPv4(word: number): boolean {
    return this.#addresses.has(word | 0) || this.#ipv4.hasIPv4(word);
  }

  #coversIPv6(): boolean {
    return this.#ipv6.hasIPv6(groupsAt(0), groupsAt(3), wordAt(6));
  }

  #indexSubnet({ network, prefix }: Subnet, how: 'add' | 'remove'): void {
    const [first, last] = subnetBounds(network.key, network.family === 'ipv4' ? prefix + 96 : prefix);
    const from = compareKey(first, FIRST_MAPPED) > 0 ? first : FIRST_MAPPED;
    const to = compareKey(last, LAST_MAPPED) < 0 ? last : LAST_MAPPED;
    const meetsMapped = compareKey(from, to) <= 0;
    if (meetsMapped) this.#ipv4[how]([from[2]], [to[2]]);
    // All of it is in the IPv4 table if it lies within ::ffff:0:0/96.
    if (!meetsMapped || from !== first || to !== last) this.#ipv6[how](first, last);
  }

  /**
   * Unlike a subnet, an IPv6 range covers IPv4 addresses only if both ends are IPv4-mapped. With one end of each family Node compares each
   * end by itself, which leaves the IPv4-mapped addresses of the range.
   */
  #indexRange({ start, end }: Range, how: 'add' | 'remove'): void {
    if (start.isIPv4 && end.isIPv4) {
      this.#ipv4[how]([start.key[2]], [end.key[2]]);
      return;
    }
    const first = end.family === 'ipv4' && compareKey(start.key, FIRST_MAPPED) < 0 ? FIRST_MAPPED : start.key;
    const last = start.family === 'ipv4' && compareKey(end.key, LAST_MAPPED) > 0 ? LAST_MAPPED : end.key;
    if (compareKey(first, last) <= 0) this.#ipv6[how](first, last);
  }
}
