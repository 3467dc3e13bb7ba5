import { afterEach, describe, expect, it, vi } from 'vitest';
import { simulate, type AttachedClock, type World } from '../src/index.js';

/** The clock that `vi.useFakeTimers` has put behind `setTimeout`. */
function fakedClock(): AttachedClock {
  const { clock } = setTimeout as unknown as { readonly clock: { readonly now: number; readonly timers?: Readonly<Record<string, { readonly callAt: number }>> } };
  return {
    next: () => {
      const due = Object.values(clock.timers ?? {}).map(({ callAt }) => callAt);
      return due.length === 0 ? null : Math.min(...due) - clock.now;
    },
    advance: (milliseconds) => void vi.advanceTimersByTime(milliseconds),
  };
}

function withFakeTimers(): World {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 });
  const world = simulate();
  world.attachClock(fakedClock());
  return world;
}

afterEach(() => void vi.useRealTimers());

describe('an attached clock', () => {
  it('runs its timers at their time, between the events of the world', async () => {
    const world = withFakeTimers();
    const seen: string[] = [];
    const note = (what: string) => () => void seen.push(`${what} at ${world.now}, Date says ${Date.now()}`);
    setTimeout(note('faked'), 10);
    world.time.after(5, note('own'), undefined);
    world.time.after(15, note('own'), undefined);
    await world.advance(20);
    expect(seen).toEqual(['own at 5, Date says 5', 'faked at 10, Date says 10', 'own at 15, Date says 15']);
    expect(Date.now()).toBe(20);
  });

  it('is a reason to go on, and to step', async () => {
    const world = withFakeTimers();
    await world.run(() => new Promise((resolve) => setTimeout(resolve, 60_000)));
    expect(world.now).toBe(60_000);
    setTimeout(() => {}, 7);
    expect(await world.step()).toBe(true);
    expect(world.now).toBe(60_007);
    expect(await world.step()).toBe(false);
  });

  it('keeps nobody from hearing that nothing can happen', async () => {
    const world = withFakeTimers();
    await expect(world.run(() => new Promise(() => {}))).rejects.toMatchObject({ code: 'ERR_SIMULATION_STUCK' });
  });

  it('lets the world go on without it once it is detached', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 });
    const world = simulate();
    const detach = world.attachClock(fakedClock());
    await world.advance(10);
    detach();
    await world.advance(10);
    expect([world.now, Date.now()]).toEqual([20, 10]);
  });
});
