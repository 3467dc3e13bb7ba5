import { describe, expect, it } from 'vitest';
import { bare, bareClass, descriptorOf, hasOption, optionOf, optionsOf, plainOptions } from '../src/index.js';

interface Options {
  port?: number;
  host?: string;
  get?: unknown;
}

const everything: Options = Object.prototype;

class Given {
  get host(): string { return 'of the class'; }
  get port(): number { return 1; }
}
class Inheriting extends Given {}

/** What has `port` and `host` of its own, of its class, or not at all. */
const objects: [name: string, given: Options, port: number | undefined, host: string | undefined][] = [
  ['own', { port: 1 }, 1, undefined],
  ['own and undefined', { port: undefined }, undefined, undefined],
  ['without a prototype', Object.assign(Object.create(null) as object, { host: 'h' }), undefined, 'h'],
  ['of a class', new Given(), 1, 'of the class'],
  ['of a class above', new Inheriting(), 1, 'of the class'],
  ['bare', bare({ port: 1 }), 1, undefined],
  ['none', {}, undefined, undefined],
];

/** What `call` gives while `Object.prototype` has that, too. */
function during<R>(pollution: object, call: () => R): R {
  Object.assign(everything, pollution);
  try {
    return call();
  } finally {
    for (const name of Object.keys(pollution)) Reflect.deleteProperty(everything, name);
  }
}

describe.each<[when: string, pollution: object]>([
  ['as it is', {}],
  ['that somebody has written to', { port: 666, host: 'evil', get: () => 666 }],
])('with Object.prototype %s', (_when, pollution) => {
  it.each(objects)('options are those that were given: %s', (_name, given, port, host) => {
    expect(during(pollution, () => [optionOf(given, 'port'), optionOf(given, 'host')])).toEqual([port, host]);
    const options = during(pollution, () => optionsOf(given, ['port', 'host']));
    expect(during(pollution, () => [options.port, options.host])).toEqual([port, host]);
  });

  it.each(objects)('an option is there when it was given: %s', (name, given, port, host) => {
    const there = during(pollution, () => [hasOption(given, 'port'), hasOption(given, 'host'), hasOption(given, 'path')]);
    expect(there).toEqual([port !== undefined || name === 'own and undefined', host !== undefined, false]);
  });

  it.each([null, undefined])('of %s there are no options', (nothing) => {
    expect(during(pollution, () => [optionsOf<Options, 'port'>(nothing, ['port']).port, bare<Options>(nothing).port])).toEqual([undefined, undefined]);
  });

  it('options for others have nothing of Object.prototype among what these read', () => {
    const options = during(pollution, () => plainOptions<Options>({ host: 'h' }, ['port', 'host', 'get']));
    expect(during(pollution, () => [options.port, options.host, options.get])).toEqual([undefined, 'h', undefined]);
    // They are as ordinary as any.
    expect(Object.getPrototypeOf(options)).toBe(everything);
    expect(Object.keys(options)).toEqual(['host', ...Object.keys(pollution).filter((name) => name !== 'host')]);
    options.port = 5;
    expect([options.port, delete options.port, options.port]).toEqual([5, true, undefined]);
  });

  it('objects of a class of options have nothing but what its fields say', () => {
    class Own {
      port = 1;
      declare host?: string;
    }
    bareClass(Own);
    expect(during(pollution, () => [new Own().port, new Own().host])).toEqual([1, undefined]);
  });

  it('how a property is made is told of the property alone', () => {
    const getters = during(pollution, () => [{ port: 1 }, { get port() { return 1; } }, {}].map((object) => typeof descriptorOf(object, 'port')?.get));
    expect(getters).toEqual(['undefined', 'function', 'undefined']);
  });
});

it('options that were taken already are taken as they are', () => {
  const options = optionsOf<Options, 'port'>({ port: 1 }, ['port']);
  expect(optionsOf(options, ['port'])).toBe(options);
});

it('an option that was given as undefined is none', () => {
  expect(Object.keys(optionsOf<{ port: unknown }, 'port'>({ port: undefined }, ['port']))).toEqual([]);
});

it('what an object has of Object.prototype as it is, is no option', () => {
  expect([hasOption({}, 'toString'), hasOption({ toString: 1 }, 'toString'), hasOption(Object.create(null) as object, 'toString')]).toEqual([false, true, false]);
});
