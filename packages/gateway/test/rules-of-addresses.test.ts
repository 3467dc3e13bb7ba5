import { describe, expect, it } from 'vitest';
import { judgeOf, saidOf } from './support/judged.js';

describe('without rules nothing is allowed', () => {
  it.each(['127.0.0.1', '8.8.8.8', '::1', '2606:4700::1111', '0.0.0.0'])('not the address %s', (address) => {
    expect(saidOf(judgeOf({}), address, 80)).toBe('unlisted');
  });

  it('not a name that leads to a public address', () => {
    expect(saidOf(judgeOf({}), 'example.com', 80, '93.184.216.34')).toBe('unlisted');
  });

  it('nor is anything listened on', () => {
    expect(judgeOf({ allow: ['127.0.0.1'] }).listen('127.0.0.1', 8080).allowed).toBe(false);
  });
});

describe('an address is judged by its bytes, and with its port', () => {
  const judge = judgeOf({ allow: ['10.0.0.0/8:5432', '[2001:db8::]/32:443', '192.0.2.1-192.0.2.9', 'loopback:80-89'], deny: ['10.9.0.0/16', '[::1]:81'] });

  it.each<[string, number, string]>([
    ['10.1.2.3', 5432, 'allowed'], ['10.1.2.3', 5433, 'unlisted'], ['10.9.1.1', 5432, 'denied'], ['::ffff:10.1.2.3', 5432, 'allowed'],
    ['::ffff:10.9.1.1', 5432, 'denied'], ['::ffff:a09:101', 5432, 'denied'], ['64:ff9b::10.9.1.1', 5432, 'denied'],
    ['2001:db8::7', 443, 'allowed'], ['2001:db8::7', 80, 'unlisted'], ['192.0.2.5', 1, 'allowed'], ['192.0.2.10', 1, 'unlisted'],
    ['127.0.0.1', 80, 'allowed'], ['::1', 80, 'allowed'], ['::1', 81, 'denied'], ['127.0.0.1', 90, 'unlisted'],
  ])('%s, port %i: %s', (address, port, said) => {
    expect(saidOf(judge, address, port)).toBe(said);
  });
});

describe('the address of nobody leads to this host', () => {
  it.each(['0.0.0.0', '::'])('%s is denied with the loopback', (address) => {
    expect(saidOf(judgeOf({ allow: ['0.0.0.0/0', '::/0'], deny: ['loopback'] }), address, 80)).toBe('denied');
  });

  it('and is allowed only together with it', () => {
    expect(saidOf(judgeOf({ allow: ['unspecified'] }), '0.0.0.0', 80)).toBe('unlisted');
    expect(saidOf(judgeOf({ allow: ['unspecified', 'loopback'] }), '0.0.0.0', 80)).toBe('allowed');
  });
});

describe('what may be listened on is a list of its own', () => {
  const judge = judgeOf({ listen: ['127.0.0.1:8000-8999', '::1'] });

  it.each<[string, number, boolean]>([
    ['127.0.0.1', 8080, true], ['127.0.0.1', 80, false], ['127.0.0.1', 0, false], ['::1', 0, true], ['0.0.0.0', 8080, false],
  ])('%s, port %i: %s', (address, port, allowed) => {
    expect(judge.listen(address, port).allowed).toBe(allowed);
  });
});

it('a refusal says which rule it was, and whose', () => {
  const judge = judgeOf({ allow: ['10.0.0.0/8'], deny: ['10.9.0.0/16'] }, { allow: ['10.0.0.1'] });
  expect(judge.address('10.9.0.1', 80)?.text).toBe('10.9.0.1:80 is denied by the rule "10.9.0.0/16" of the gateway');
  expect(judge.address('::1', 80)?.text).toBe('[::1]:80 is allowed by no rule of the gateway');
  expect(judge.address('10.0.0.2', 80)?.text).toBe("10.0.0.2:80 is allowed by no rule of the client's token");
});
