import { expect, it } from 'vitest';
import fc from 'fast-check';
import { VirtualTime } from '../src/index.js';

it('what is due happens in order of time, then in the order in which it was asked for', () => {
  fc.assert(fc.property(fc.array(fc.record({ after: fc.integer({ min: 0, max: 20 }), cancelled: fc.boolean() }), { maxLength: 60 }), (all) => {
    const time = new VirtualTime();
    const done: number[] = [];
    const timers = all.map(({ after }, i) => time.after(after, () => done.push(i), undefined));
    timers.forEach((timer, i) => { if (all[i].cancelled) time.cancel(timer); });
    while (time.step());
    const wanted = all.map(({ after, cancelled }, i) => ({ after, cancelled, i })).filter((one) => !one.cancelled).sort((a, b) => a.after - b.after || a.i - b.i);
    expect(done).toEqual(wanted.map(({ i }) => i));
    expect(time.isIdle).toBe(true);
  }));
});

it('time stands still until it is moved, and never goes back', () => {
  const time = new VirtualTime();
  const seen: number[] = [];
  time.after(5, () => {
    seen.push(time.now);
    time.after(-10, () => seen.push(time.now), undefined);
  }, undefined);
  expect([time.now, time.next]).toEqual([0, 5]);
  time.moveTo(3);
  time.moveTo(100);
  expect(time.now).toBe(5);
  while (time.step());
  expect(seen).toEqual([5, 5]);
  time.moveTo(50);
  expect([time.now, time.next, time.step()]).toEqual([50, null, false]);
});

it('what is in the background is no reason to go on', () => {
  const time = new VirtualTime();
  const timer = time.after(1, () => {}, undefined, true);
  expect([time.isIdle, time.next]).toEqual([true, 1]);
  time.cancel(timer);
  time.cancel(timer);
  time.after(2, () => {}, undefined);
  expect([time.isIdle, time.step(), time.isIdle]).toEqual([false, true, true]);
});
