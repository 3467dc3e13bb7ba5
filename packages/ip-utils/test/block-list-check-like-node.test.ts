import net from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SocketAddress } from '../src/socket-address/index.js';
import { addition, address, nodeHas, nodes, ours, outcome } from './support/lists.js';

describe('BlockList.check answers as node:net does', () => {
  it('for any rules and addresses', () => {
    const seen = { true: 0, false: 0 };
    fc.assert(fc.property(fc.array(addition, { minLength: 1, maxLength: 8 }), fc.array(address, { minLength: 1, maxLength: 20 }), (steps, questions) => {
      const [mine, theirs] = [ours(), nodes()];
      for (const [method, ...args] of steps) expect(outcome(() => mine[method](...args))).toEqual(outcome(() => theirs[method](...args)));
      for (const question of questions) {
        const answer = theirs.check(...question);
        seen[String(answer) as 'true']++;
        expect(mine.check(...question), String(question)).toBe(answer);
      }
    }), { numRuns: 2000 });
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan((seen.true + seen.false) / 20);
  });

  it('with ranges from one family to the other', () => {
    fc.assert(fc.property(address, address, fc.array(address, { minLength: 1, maxLength: 20 }), (start, end, questions) => {
      const [mine, theirs] = [ours(), nodes()];
      const socketAddresses = (Class: typeof SocketAddress) => [start, end].map(([text, family]) => new Class({ address: text, family }));
      const added = outcome(() => mine.addRange(...socketAddresses(SocketAddress)));
      expect(added).toEqual(outcome(() => theirs.addRange(...socketAddresses(net.SocketAddress as unknown as typeof SocketAddress))));
      for (const question of questions) expect(mine.check(...question), String(question)).toBe(theirs.check(...question));
    }), { numRuns: 3000 });
  });

  it.each(['x', '', '::1', '1.2.3.4', '1.2.3.4 ', '1.2.3.4\0', '1.2.3.4\0z', '01.2.3.4', '::ffff:1.2.3.4', '::ffff:1.2.3.4%lo', '::ffff:1.2.3.4%', '[::1]', '1.2.3.4%lo'])('for %j, in any family', (text) => {
    const [mine, theirs] = [ours(), nodes()];
    for (const list of [mine, theirs]) list.addAddress('1.2.3.4');
    // Node 26 takes any other family for IPv6.
    for (const family of [undefined, 'ipv4', 'IPv4', 'ipv6', 'IPV6', ...(nodeHas('size') ? ['x', ''] : [])]) {
      expect(mine.check(text, family), family).toBe(theirs.check(text, family));
    }
  });

  it('for SocketAddresses, whatever family is said beside', () => {
    const list = ours();
    list.addAddress('1.2.3.4');
    expect(list.check(new SocketAddress({ address: '1.2.3.4', port: 9 }), 'ipv6')).toBe(true);
    expect(list.check(new SocketAddress({ address: '::ffff:1.2.3.4', family: 'ipv6' }))).toBe(true);
    expect(list.check(new SocketAddress({ address: '1.2.3.5' }), null)).toBe(false);
  });
});
