import { describe, expect, it } from 'vitest';
import { judgeOf, saidOf } from './support/judged.js';

const PUBLIC = '93.184.216.34';

describe('a name has to match a rule, with its port', () => {
  const judge = judgeOf({ allow: ['DB.example.org:5432', '*.example.com:443', 'range.example.net:80-89', 'all.example.net'], deny: ['bad.example.com'] });

  it.each<[string, number, string]>([
    ['db.example.org', 5432, 'allowed'], ['DB.EXAMPLE.ORG.', 5432, 'allowed'], ['db.example.org', 5433, 'unlisted'], ['xdb.example.org', 5432, 'unlisted'],
    ['a.example.com', 443, 'allowed'], ['a.b.example.com', 443, 'allowed'], ['example.com', 443, 'unlisted'], ['.example.com', 443, 'unlisted'],
    ['aexample.com', 443, 'unlisted'], ['bad.example.com', 443, 'denied'], ['Bad.Example.Com.', 443, 'denied'], ['range.example.net', 85, 'allowed'],
    ['range.example.net', 90, 'unlisted'], ['all.example.net', 1, 'allowed'], ['db.example.org..', 5432, 'unlisted'], ['db.example.org\0.evil', 5432, 'unlisted'],
    ['db.example.org ', 5432, 'unlisted'], ['dб.example.org', 5432, 'unlisted'], ['', 5432, 'unlisted'],
  ])('%j, port %i: %s', (host, port, said) => {
    expect(saidOf(judge, host, port, PUBLIC)).toBe(said);
  });
});

describe('where a name leads is judged too', () => {
  const judge = judgeOf({ allow: ['db.internal:5432=10.0.0.0/8', 'two.internal=10.0.0.0/8', 'two.internal=fd00::/8', 'www.example.com', '172.16.0.0/12:80'], deny: ['10.9.0.0/16'] });

  it.each<[string, number, string, string]>([
    ['www.example.com', 80, PUBLIC, 'allowed'], ['www.example.com', 80, '10.0.0.1', 'unlisted'], ['www.example.com', 80, '127.0.0.1', 'unlisted'],
    ['www.example.com', 80, '::ffff:127.0.0.1', 'unlisted'], ['www.example.com', 80, '169.254.169.254', 'unlisted'], ['www.example.com', 80, '0.0.0.0', 'unlisted'],
    ['www.example.com', 80, '172.16.0.1', 'allowed'], ['www.example.com', 81, '172.16.0.1', 'unlisted'],
    ['db.internal', 5432, '10.1.1.1', 'allowed'], ['db.internal', 5432, '10.9.1.1', 'denied'], ['db.internal', 5432, '::ffff:10.9.1.1', 'denied'],
    ['db.internal', 5432, PUBLIC, 'unlisted'], ['db.internal', 80, '10.1.1.1', 'unlisted'],
    ['two.internal', 1, '10.0.0.1', 'allowed'], ['two.internal', 1, 'fd00::1', 'allowed'], ['two.internal', 1, '192.168.0.1', 'unlisted'],
  ])('%s, port %i, at %s: %s', (host, port, address, said) => {
    expect(saidOf(judge, host, port, address)).toBe(said);
  });
});

describe('localhost leads to the loopback, whatever a resolver says', () => {
  const answer = (rules: readonly string[], host: string): readonly string[] | null => {
    const said = judgeOf({ allow: rules }).name(host, 6379);
    if ('reason' in said) return null;
    return said.addresses!.filter((address) => said.ledTo(address) === null);
  };

  it('by a rule for the name', () => {
    expect(answer(['localhost:6379'], 'LocalHost.')).toEqual(['127.0.0.1', '::1']);
    expect(saidOf(judgeOf({ allow: ['localhost:6379'] }), 'localhost', 6379, PUBLIC)).toBe('unlisted');
  });

  it('or by one for the address', () => {
    expect(answer(['127.0.0.1:6379'], 'localhost')).toEqual(['127.0.0.1']);
    expect(answer(['[::1]:6379'], 'app.localhost')).toEqual(['::1']);
  });

  it('and never by one for all names', () => {
    expect(answer(['*:6379'], 'localhost')).toEqual([]);
  });
});

describe('an address in disguise is no name', () => {
  const judge = judgeOf({ allow: ['*', '0.0.0.0/0'] });

  it.each(['127.1', '0x7f.1', '0177.0.0.1', '2130706433', '127.0.0.1.', '010.0.0.1', '127.0.0.1', '::1', '[::1]', '0'])('%s', (host) => {
    expect(saidOf(judge, host, 80, PUBLIC)).toBe('unlisted');
  });
});
