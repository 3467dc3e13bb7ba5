import { describe, expect, it } from 'vitest';
import type { Transport } from '../src/index.js';
import { checkFields, countOf, flagOf, numberOf, textsOf, timeOf, transportOf } from '../src/layers/index.js';

const coded = (code: string, message: RegExp) => expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error;

describe('an option of a layer', () => {
  it('is what it is otherwise when it was not given', () => {
    expect([timeOf('a', undefined, 5), countOf('a', undefined, 6), numberOf('a', undefined, 0, 1, 2), flagOf('a', undefined)]).toEqual([5, 6, 0, false]);
  });

  it('is a time that a timer takes', () => {
    expect(timeOf('a', 2_147_483_647, 1)).toBe(2_147_483_647);
    for (const time of [0, -1, 1.5, Number.NaN, Infinity, 2_147_483_648]) expect(() => timeOf('options.a', time, 1)).toThrow(coded('ERR_OUT_OF_RANGE', /"options\.a"/));
    expect(() => timeOf('options.a', '5', 1)).toThrow(coded('ERR_INVALID_ARG_TYPE', /"options\.a"/));
  });

  it('is a count, which may have no limit', () => {
    expect([countOf('a', 1, 2), countOf('a', Infinity, 2)]).toEqual([1, Infinity]);
    for (const count of [0, 1.5, -Infinity, Number.NaN]) expect(() => countOf('a', count, 1)).toThrow(coded('ERR_OUT_OF_RANGE', /"a"/));
  });

  it('has a name: what is misspelt is refused, and not shown', () => {
    expect(() => { checkFields('options', { limit: 1 }, ['limit']); }).not.toThrow();
    expect(() => { checkFields('options', { tokn: 'secret' }, ['token']); }).toThrow(coded('ERR_INVALID_ARG_VALUE', /^The argument 'options' has a field "tokn", which is no option[^s]*$/));
    for (const given of [null, undefined, 5, 'wss://user:secret@host']) expect(() => { checkFields('options', given, []); }).toThrow(coded('ERR_INVALID_ARG_TYPE', /^(?!.*secret)/));
  });

  it('is a list of texts, of which none is shown, in a list of its own', () => {
    const given = ['a', 'b'];
    expect(textsOf('a', given)).toEqual(given);
    expect(textsOf('a', given)).not.toBe(given);
    expect(() => textsOf('options.a', ['secret', 5])).toThrow(coded('ERR_INVALID_ARG_TYPE', /^(?!.*secret).*"options\.a\[1\]"/));
    expect(() => textsOf('options.a', 'secret')).toThrow(coded('ERR_INVALID_ARG_TYPE', /^(?!.*secret)/));
  });

  it('is a transport: what has a method to connect of its own', () => {
    const transport = { connect() {} } as unknown as Transport;
    expect(transportOf('a', transport)).toBe(transport);
    for (const given of [null, {}, 'socks5://user:secret@host', undefined]) expect(() => transportOf('options.over', given)).toThrow(coded('ERR_INVALID_ARG_TYPE', /^(?!.*secret)/));
  });
});
