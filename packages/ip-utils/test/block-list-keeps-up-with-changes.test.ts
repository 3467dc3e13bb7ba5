import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addition, address, nodes, ours, type Step } from './support/lists.js';

const undo = (step: Step): Step => [step[0].replace('add', 'remove'), ...step.slice(1)];
const isOrdered = ([method, ...args]: Step) => {
  try {
    ours()[method](...args);
    return true;
  } catch {
    return false;
  }
};

/** The rules that are left after each step, kept the slow way. */
function apply(left: Step[], step: Step): void {
  if (step[0].startsWith('add')) {
    left.push(step);
    return;
  }
  const wanted = JSON.stringify([step[0].replace('remove', 'add'), ...step.slice(1)]);
  const at = left.findLastIndex((other) => JSON.stringify(other) === wanted);
  if (step[0] !== 'removeAddress') {
    if (at >= 0) left.splice(at, 1);
    return;
  }
  // Address rules are a set, and another spelling is the same address.
  const same = (other: Step) => {
    const list = ours();
    if (other[0] !== 'addAddress') return false;
    list.addAddress(...other.slice(1));
    return list.check(...step.slice(1)) as boolean;
  };
  for (let i = left.length; i-- > 0; ) if (same(left[i])) left.splice(i, 1);
}

it('checks between additions and removals see the rules of the moment', () => {
  const removals = fc.array(fc.nat(1000), { maxLength: 25 });
  fc.assert(fc.property(fc.array(addition.filter(isOrdered), { minLength: 1, maxLength: 40 }), removals, fc.array(address, { minLength: 4, maxLength: 4 }), fc.boolean(), (additions, picks, questions, often) => {
    const steps: Step[] = additions.flatMap((step, i) => (picks[i] === undefined ? [step] : [step, undo(additions[picks[i] % additions.length])]));
    const list = ours();
    const left: Step[] = [];
    steps.forEach((step, i) => {
      list[step[0]](...step.slice(1));
      apply(left, step);
      if (!often && i < steps.length - 1) return;
      const fresh = nodes();
      for (const [method, ...args] of left) fresh[method](...args);
      for (const question of questions) expect(list.check(...question), String(question)).toBe(fresh.check(...question));
    });
  }), { numRuns: 300 });
});

it('a list of 20,000 subnets and addresses is right at the edges', () => {
  const list = ours();
  for (let i = 0; i < 10_000; i++) {
    list.addSubnet(`${1 + (i >> 7)}.${(i & 127) * 2}.0.0`, 16);
    list.addAddress(`2001:db8:${i.toString(16)}::1`, 'ipv6');
  }
  for (let i = 0; i < 10_000; i += 7) {
    const [a, b] = [1 + (i >> 7), (i & 127) * 2];
    expect([`${a}.${b}.0.0`, `${a}.${b}.255.255`, `${a}.${b + 1}.0.0`, `${a}.${b + 1}.255.255`].map((text) => list.check(text))).toEqual([true, true, false, false]);
    expect([`2001:db8:${i.toString(16)}::1`, `2001:db8:${i.toString(16)}::`, `2001:db8:${i.toString(16)}::2`].map((text) => list.check(text, 'ipv6'))).toEqual([true, false, false]);
  }
});
