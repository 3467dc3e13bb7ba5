import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeOf, saidOf } from './support/judged.js';

describe("a token's own list narrows what the gateway allows", () => {
  it('both have to allow an address', () => {
    const judge = judgeOf({ allow: ['10.0.0.0/8:5432'] }, { allow: ['10.0.0.1:5432', '192.168.0.1:5432'] });
    expect(saidOf(judge, '10.0.0.1', 5432)).toBe('allowed');
    expect(saidOf(judge, '10.0.0.2', 5432)).toBe('unlisted');
    expect(saidOf(judge, '192.168.0.1', 5432)).toBe('unlisted');
  });

  it('both have to allow a name, and the gateway says where it may lead', () => {
    const judge = judgeOf({ allow: ['*.internal:5432=10.0.0.0/8'] }, { allow: ['db.internal:5432', 'www.example.com'] });
    expect(saidOf(judge, 'db.internal', 5432, '10.0.0.1')).toBe('allowed');
    expect(saidOf(judge, 'db.internal', 5432, '127.0.0.1')).toBe('unlisted');
    expect(saidOf(judge, 'other.internal', 5432, '10.0.0.1')).toBe('unlisted');
    expect(saidOf(judge, 'www.example.com', 80, '93.184.216.34')).toBe('unlisted');
  });

  it('a token may say more narrowly where a name may lead', () => {
    const judge = judgeOf({ allow: ['*.internal:5432=10.0.0.0/8'] }, { allow: ['db.internal:5432=10.1.0.0/16'] });
    expect(saidOf(judge, 'db.internal', 5432, '10.1.0.1')).toBe('allowed');
    expect(saidOf(judge, 'db.internal', 5432, '10.2.0.1')).toBe('unlisted');
  });

  it('an empty list allows nothing, none at all leaves it to the gateway', () => {
    expect(saidOf(judgeOf({ allow: ['10.0.0.1'] }, { allow: [] }), '10.0.0.1', 80)).toBe('unlisted');
    expect(saidOf(judgeOf({ allow: ['10.0.0.1'] }, { sub: 'ann' }), '10.0.0.1', 80)).toBe('allowed');
  });

  it('the same holds for listening', () => {
    const judge = judgeOf({ listen: ['127.0.0.1:8000-8999'] }, { listen: ['127.0.0.1:8080', '127.0.0.1:22'] });
    expect([8080, 8081, 22].map((port) => judge.listen('127.0.0.1', port).allowed)).toEqual([true, false, false]);
  });
});

it('whatever a token says, it allows nothing that the gateway does not', () => {
  const rule = fc.constantFrom('*', '0.0.0.0/0', '::/0', 'loopback', 'db.internal=0.0.0.0/0', '*.internal', 'localhost', 'global', '10.0.0.0/8:80', 'db.internal:80=10.0.0.0/8');
  const host = fc.constantFrom('db.internal', 'www.internal', 'localhost', 'example.com');
  const address = fc.constantFrom('127.0.0.1', '10.0.0.1', '::1', '8.8.8.8', '::ffff:10.0.0.1', '0.0.0.0');
  const rules = fc.array(rule, { maxLength: 3 });
  fc.assert(fc.property(rules, rules, rules, host, address, (allow, deny, claimed, name, where) => {
    const denied = deny.filter((one) => !one.includes('='));
    const [alone, narrowed] = [judgeOf({ allow, deny: denied }), judgeOf({ allow, deny: denied }, { allow: claimed })];
    if (saidOf(alone, where, 80) !== 'allowed') expect(saidOf(narrowed, where, 80)).not.toBe('allowed');
    if (saidOf(alone, name, 80, where) !== 'allowed') expect(saidOf(narrowed, name, 80, where)).not.toBe('allowed');
  }));
});
