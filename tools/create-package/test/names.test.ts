import { describe, expect, it } from 'vitest';
import { namesOf } from '../src/names.js';
import { usedNames } from '../src/skeleton.js';

const used = usedNames();

describe('a name', () => {
  it.each([
    ['transport-udp', 'udp', 'udp'],
    ['transport-h2', 'h2', 'h2'],
    ['transport-web-socket-2', 'web-socket-2', 'webSocket2'],
    ['transport-carrier-pigeon', 'carrier-pigeon', 'carrierPigeon'],
  ])('%s gives the others', (folder, short, identifier) => {
    expect(namesOf(folder, used)).toEqual({ folder, short, identifier });
  });

  it.each(['udp', 'transport', 'transport-', 'transport-Udp', 'transport_udp', 'transport-2g', 'transport--udp', 'transport-udp-', '../transport-udp', 'transport-a/b', '@netstrata/transport-udp'])(
    '%s is none',
    (folder) => {
      expect(() => namesOf(folder, used)).toThrow('It must be transport-<words>');
    },
  );

  it.each([
    ['of the language', 'transport-class'],
    ['of a module', 'transport-await'],
    ['of strict code', 'transport-eval'],
    ['of the runtime', 'transport-process'],
    ['of a file', 'transport-index'],
    ['of an import', 'transport-system-error'],
    ["of the README's example", 'transport-listener'],
  ])('%s is reserved', (_, folder) => {
    expect(() => namesOf(folder, used)).toThrow('reserved');
  });
});
