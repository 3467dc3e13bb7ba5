import { describe, expect, it } from 'vitest';
import { PrefixMap } from '../src/prefix-map/index.js';

const ORDER = ['0.0.0.0/0', '10.0.0.0/8', '10.0.0.0/9', '10.0.0.0/32', '10.128.0.0/9', '11.0.0.0/8', '255.255.255.255/32', '::/0', '::/128', '::ffff:0.0.0.0/96', '2001:db8::/32', '2001:db8::/33', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128'];
const shuffled = ORDER.map((cidr, i) => [cidr, i] as const).sort(([a], [b]) => (a.length * 7) % 5 - (b.length * 7) % 5);

describe('the order', () => {
  it('is by address, IPv4 first, the larger network first', () => {
    const map = new PrefixMap(shuffled);
    expect([...map.keys()]).toEqual(ORDER);
    expect([...map.values()]).toEqual(ORDER.map((_, i) => i));
    expect([...map]).toEqual([...map.entries()]);
  });

  it('holds while networks go: each comes that was not gone before', () => {
    const map = new PrefixMap(shuffled);
    const seen: string[] = [];
    for (const [cidr] of map) {
      seen.push(cidr);
      map.delete(cidr);
    }
    expect(seen).toEqual(ORDER);
    expect(map.size).toBe(0);
  });

  it('holds while networks come: those behind are met, those before are not', () => {
    const map = new PrefixMap([['10.0.0.0/8', 0], ['20.0.0.0/8', 0]]);
    const seen: string[] = [];
    for (const [cidr] of map) {
      seen.push(cidr);
      map.set('5.0.0.0/8', 0).set('15.0.0.0/8', 0).delete('20.0.0.0/8');
    }
    expect(seen).toEqual(['10.0.0.0/8', '15.0.0.0/8']);
  });

  it('ends when the map is cleared', () => {
    const map = new PrefixMap(shuffled);
    const seen: string[] = [];
    for (const [cidr] of map) {
      seen.push(cidr);
      map.clear();
    }
    expect(seen).toEqual(['0.0.0.0/0']);
  });
});

describe('JSON', () => {
  it('of a map makes the map again', () => {
    const map = new PrefixMap(shuffled);
    expect(map.toJSON()).toEqual(ORDER.map((cidr, i) => [cidr, i]));
    expect([...PrefixMap.fromJSON(map.toJSON())]).toEqual([...map]);
    expect([...PrefixMap.fromJSON<number>(JSON.stringify(map))]).toEqual([...map]);
    expect(JSON.stringify(new PrefixMap())).toBe('[]');
  });

  it('does not reach prototypes', () => {
    const map = PrefixMap.fromJSON<{ isAdmin?: boolean }>('[["10.0.0.0/8", {"__proto__": {"isAdmin": true}}]]');
    expect(map.get('10.0.0.0/8')!.isAdmin).toBe(undefined);
    expect(Object.hasOwn(map.get('10.0.0.0/8')!, '__proto__')).toBe(true);
    expect(() => PrefixMap.fromJSON('[["__proto__", {"isAdmin": true}]]')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
  });

  it.each([
    ['null', 'ERR_INVALID_ARG_TYPE'], ['{}', 'ERR_INVALID_ARG_TYPE'], ['5', 'ERR_INVALID_ARG_TYPE'], ['"a"', 'ERR_INVALID_ARG_TYPE'], ['["10.0.0.0/8"]', 'ERR_INVALID_ARG_TYPE'], ['[null]', 'ERR_INVALID_ARG_TYPE'],
    ['[[5, 1]]', 'ERR_INVALID_ARG_TYPE'], ['[[]]', 'ERR_INVALID_ARG_TYPE'], ['[["10.0.0.0/33", 1]]', 'ERR_INVALID_ARG_VALUE'], ['[["10.0.0.0", 1]]', 'ERR_INVALID_ARG_VALUE'],
  ])('%s is refused', (text, code) => {
    expect(() => PrefixMap.fromJSON(text)).toThrow(expect.objectContaining({ code }));
    expect(() => PrefixMap.fromJSON(JSON.parse(text) as never)).toThrow();
  });

  it('that is none is a SyntaxError', () => {
    expect(() => PrefixMap.fromJSON('[')).toThrow(SyntaxError);
  });
});
