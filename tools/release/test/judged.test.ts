import { describe, expect, it } from 'vitest';
import { judge } from '../src/rehearsal/consumers.js';
import { stale } from '../src/programs/exceptions.js';

const prints = ['hello', '{ finished: 0, names: [ \'a\' ] }'];
const judged = (output: string, ok = true) => judge({ prints }, { ok, output });

describe('an example', () => {
  it('has to print each line that it says', () => {
    expect(judged("hello\n{ finished: 0, names: [ 'a' ] }")).toEqual([]);
    expect(judged("hello there\n{ finished: 0, names: [ 'a' ] }")).toEqual([expect.stringContaining('it did not print "hello"')]);
  });

  it('may show objects as its runtime does, but no others', () => {
    expect(judged('hello\n{\n  finished: 0,\n  names: [ "a" ],\n}')).toEqual([]);
    expect(judged('hello\n{\n  finished: 1,\n  names: [ "a" ],\n}')).toHaveLength(1);
  });

  it('has to end with success, whatever it printed', () => {
    expect(judged("hello\n{ finished: 0, names: [ 'a' ] }", false)).toHaveLength(1);
    expect(judged('', false)).toEqual(['it failed without a word']);
  });
});

it('every exception is of an example that there is', () => {
  expect(stale).toEqual([]);
});
