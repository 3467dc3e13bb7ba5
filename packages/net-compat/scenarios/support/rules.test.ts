import * as net from 'node:net';
import { expect, it } from 'vitest';
import { ImpatientStage } from './impatient-stage.js';
import { nullNets } from './null-nets.js';
import { observe, STUCK, type Run } from './observe.js';
import { emptiness, faultOf, judge, told } from './rules.js';
import { Stage } from './stage.js';

const observed = (run: Run, ms = 4000) => observe(new Stage(net, 'tcp4'), { ms }, run);

/** In which of the nets that are none the same is seen as with the builtin. */
async function sameWithout(run: Run): Promise<string[]> {
  const seen = told(await observed(run));
  const same: string[] = [];
  for (const [name, none] of Object.entries(nullNets(net))) {
    if (emptiness(await observe(new ImpatientStage(none, 'tcp4'), { turns: 60 }, run), seen, name) !== null) same.push(name);
  }
  return same;
}

const NOTHING = 'a net that does nothing';
const THROWS = 'a net that throws';

const throws: Run = (t) => {
  t.log('socket', new t.net.Socket().connecting);
  (t.net as unknown as Record<string, () => void>)['conect']();
};

it('a scenario that throws fails, on the builtin and where both sides throw alike', async () => {
  const both = await observed(throws);
  expect(faultOf(both)).toContain('t.net.conect is not a function');
  expect(() => { judge(both, told(both), undefined); }).toThrow('t.net.conect is not a function');
});

it('so it does when it throws after a while, or gets stuck', async () => {
  expect(faultOf(await observed(async (t) => { await t.turn(2); await throws(t); }))).toContain('not a function');
  const stuck = await observed(async (t) => { t.log('before'); await t.once(new t.net.Socket(), 'connect'); }, 10);
  expect(faultOf(stuck)).toBe(STUCK);
  expect(() => { judge(stuck, told(stuck), undefined); }).toThrow(STUCK);
});

it('a scenario that is known to differ fails in no other way than is known', async () => {
  const ours = await observed(throws);
  const known = { scenario: 'x', reason: 'y' };
  const judged = (fails?: string) => () => { judge(ours, 'something else', { ...known, ...(fails && { fails }) }); };
  expect(judged()).toThrow('not a function');
  expect(judged('not a function')).not.toThrow();
  expect(judged(STUCK)).toThrow('no longer fails with');
  expect(() => { judge({ seen: 'this', failure: null }, 'something else', { ...known, fails: STUCK }); }).toThrow('no longer fails with');
});

it('a scenario that observes nothing fails', async () => {
  expect(faultOf(await observed(async (t) => { await t.pair(); }))).toContain('Nothing was observed');
  expect(faultOf(await observed((t) => { t.log('something'); }))).toBe(null);
});

it('a scenario fails that writes down what is the same without a net', async () => {
  expect(await sameWithout((t) => { t.log('constant'); })).toEqual([NOTHING, THROWS]);
  expect(await sameWithout((t) => { t.log('names', typeof t.net.isIP, 'connect' in t.net.Socket.prototype); })).toEqual([NOTHING, THROWS]);
  expect(await sameWithout((t) => { t.attempt('is made', () => new t.net.Socket() instanceof t.net.Socket); })).toEqual([NOTHING]);
});

it('so it does when that comes after something was waited for', async () => {
  expect(await sameWithout(async (t) => {
    const { client, peer } = await t.pair();
    client.end();
    peer.end();
    await t.closed(client.resume(), peer.resume());
    t.log('constant', client.pause() === client, client.remotePort);
  })).toEqual([NOTHING]);
});

it('a scenario that writes down something of net does not', async () => {
  expect(await sameWithout((t) => { t.log('address', t.net.isIP('::1')); })).toEqual([]);
  expect(await sameWithout((t) => { t.log('name', t.net.connect.name); })).toEqual([]);
  expect(await sameWithout(async (t) => { t.log('connected', (await t.pair()).client.readyState); })).toEqual([]);
  expect(await sameWithout((t) => { t.attempt('refused', () => new t.net.Socket({ objectMode: true } as object)); })).toEqual([]);
});
