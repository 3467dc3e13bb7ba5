import { RuleTable } from './rule-table.js';
import type { CompiledRule } from './rule.js';

const PORTS = 0x10000;

/**
 * Rules by port and address. A range of ports is cut into at most 30 aligned blocks, as a range of addresses into networks; every block
 * has a table of addresses, and a port lies in 17 blocks. The blocks are numbered as a heap: 1 is all ports, PORTS + port a single one.
 */
export class PortRules {
  /** Rules for every port. */
  readonly #always = new RuleTable();
  /** Those for some ports, whatever the ports. */
  readonly #limited = new RuleTable();
  readonly #blocks = new Map<number, RuleTable>();

  constructor(rules: readonly CompiledRule[]) {
    rules.forEach(({ intervals, ports }, rule) => {
      for (const { first, last } of intervals) {
        const span = { first, last, rule };
        if (ports === null) this.#always.add(span);
        else this.#limited.add(span);
        for (const [from, to] of ports ?? []) for (const block of blocksOf(from, to)) this.#tableOf(block).add(span);
      }
    });
  }

  /** The first rule for an address and port, or -1. */
  find(key: bigint, port: number): number {
    let found = this.#always.find(key);
    if (this.#blocks.size === 0) return found;
    for (let block = PORTS + port; block > 0; block >>= 1) found = earlier(found, this.#blocks.get(block)?.find(key) ?? -1);
    return found;
  }

  /** The first rule for an address on every port, or -1. */
  findForAll(key: bigint): number {
    return this.#always.find(key);
  }

  /** The first rule for an address on some port, or -1. */
  findForAny(key: bigint): number {
    return earlier(this.#always.find(key), this.#limited.find(key));
  }

  #tableOf(block: number): RuleTable {
    let table = this.#blocks.get(block);
    if (table === undefined) this.#blocks.set(block, (table = new RuleTable()));
    return table;
  }
}

/** Of two places in a list the earlier, where -1 is none. */
export function earlier(a: number, b: number): number {
  return a < 0 || (b >= 0 && b < a) ? b : a;
}

function blocksOf(from: number, to: number): number[] {
  const blocks: number[] = [];
  for (let low = from + PORTS, high = to + PORTS + 1; low < high; low >>= 1, high >>= 1) {
    if ((low & 1) === 1) blocks.push(low++);
    if ((high & 1) === 1) blocks.push(--high);
  }
  return blocks;
}
