const { simulate } = require('@netstrata/simulation');
const { bank, deposit } = require('../src/bank.cjs');

/** The clock that `jest.useFakeTimers` has put behind `setTimeout`. */
const fakeTimers = {
  next() {
    const { timers, now } = setTimeout.clock;
    const due = [...(timers?.values() ?? [])].map(({ callAt }) => callAt);
    return due.length === 0 ? null : Math.min(...due) - now;
  },
  advance: (milliseconds) => jest.advanceTimersByTime(milliseconds),
};

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'], now: 0 }));
afterEach(() => jest.useRealTimers());

test('fake timers go by the time of a world', async () => {
  const world = simulate();
  const detach = world.attachClock(fakeTimers);
  const account = { balance: 0 };
  const server = world.host('bank');
  const client = world.host('client');
  const balance = await world.run(async () => {
    setTimeout(() => bank(server.net, account).listen(80), 60_000);
    await new Promise((resolve) => setTimeout(resolve, 90_000));
    expect(Date.now()).toBe(90_000);
    return deposit(client.net, { host: 'bank', port: 80 }, 10);
  });
  expect([balance, world.now, Date.now()]).toEqual([10, 90_004, 90_004]);
  detach();
});

test('they run at their time, between the events of the world', async () => {
  const world = simulate();
  world.attachClock(fakeTimers);
  const seen = [];
  const note = (what) => () => seen.push(`${what} at ${world.now}, Date says ${Date.now()}`);
  setTimeout(note('faked'), 10);
  world.after(5, note('own'));
  world.after(15, note('own'));
  await world.advance(20);
  expect(seen).toEqual(['own at 5, Date says 5', 'faked at 10, Date says 10', 'own at 15, Date says 15']);
});

test('nobody waits in vain for a run in which nothing can happen', async () => {
  const world = simulate();
  world.attachClock(fakeTimers);
  await expect(world.run(() => new Promise(() => {}))).rejects.toMatchObject({ code: 'ERR_SIMULATION_STUCK' });
});
