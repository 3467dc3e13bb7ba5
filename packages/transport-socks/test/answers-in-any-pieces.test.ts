import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeMessage } from '../src/wire/address.js';
import { concat, encode } from '../src/wire/bytes.js';
import type { Dialogue, Granted, Refused } from '../src/wire/dialogue.js';
import { ConnectDialogue } from '../src/wire/http-connect.js';
import { Socks4Dialogue } from '../src/wire/socks4.js';
import { CONNECT, Socks5Dialogue } from '../src/wire/socks5.js';
import { cut, cuts, heard } from './support/pieces.js';

const place = { address: '192.0.2.1', port: 80, family: 'IPv4' } as const;
const credentials = { user: 'u', password: 'p' };
const isLast = (step: Uint8Array | Granted | Refused): boolean => !(step instanceof Uint8Array);

const dialogues: Record<string, () => Dialogue> = {
  'SOCKS5': () => new Socks5Dialogue(CONNECT, place, null, false),
  'SOCKS5 with credentials': () => new Socks5Dialogue(CONNECT, place, credentials, false),
  'SOCKS5 in one flight': () => new Socks5Dialogue(CONNECT, place, credentials, true),
  'SOCKS4': () => new Socks4Dialogue(place, ''),
  'HTTP CONNECT': () => new ConnectDialogue(place, credentials),
};

const port = fc.nat(65_535);
const bound = fc.oneof(
  fc.ipV4().map((address) => ({ address, family: 'IPv4' as const })),
  fc.constantFrom('2001:db8::1', '::', 'fe80::9').map((address) => ({ address, family: 'IPv6' as const })),
);

describe('what a proxy answers', () => {
  it('is read by its type of address in any pieces, and what follows is left as it is: SOCKS5', () => {
    fc.assert(fc.property(bound, port, fc.uint8Array({ maxLength: 40 }), cuts, (address, given, early, at) => {
      const answer = concat([5, 0], encodeMessage(0, { ...address, port: given }), early);
      const dialogue = dialogues['SOCKS5']();
      const { steps, rest } = heard(cut(answer, at), (reader) => dialogue.next(reader), isLast);
      expect(steps.at(-1)).toEqual({ bound: { ...address, port: given } });
      expect(rest).toEqual([...early]);
    }));
  });

  it('is read likewise with a name as its address', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 255 }), fc.uint8Array({ maxLength: 40 }), cuts, (name, early, at) => {
      const answer = concat([5, 0, 5, 0, 0, 3, name.length], name, [0, 80], early);
      const dialogue = dialogues['SOCKS5']();
      const { steps, rest } = heard(cut(answer, at), (reader) => dialogue.next(reader), isLast);
      expect(steps.at(-1)).toEqual({ bound: null });
      expect(rest).toEqual([...early]);
    }));
  });

  it('is read likewise: SOCKS4', () => {
    fc.assert(fc.property(fc.ipV4(), port, fc.uint8Array({ maxLength: 40 }), cuts, (address, given, early, at) => {
      const answer = concat([0, 0x5a, given >> 8, given & 255], address.split('.').map(Number), early);
      const dialogue = dialogues['SOCKS4']();
      const { steps, rest } = heard(cut(answer, at), (reader) => dialogue.next(reader), isLast);
      expect(steps).toEqual([{ bound: { address, port: given, family: 'IPv4' } }]);
      expect(rest).toEqual([...early]);
    }));
  });

  it('is read likewise: HTTP', () => {
    const interim = fc.constantFrom('', 'HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
    fc.assert(fc.property(interim, fc.integer({ min: 200, max: 299 }), fc.uint8Array({ maxLength: 40 }), cuts, (before, status, early, at) => {
      const answer = concat(encode(`${before}HTTP/1.1 ${status} OK\r\nContent-Length: 5\r\nX: y\r\n\r\n`), early);
      const dialogue = dialogues['HTTP CONNECT']();
      const { steps, rest } = heard(cut(answer, at), (reader) => dialogue.next(reader), isLast);
      expect(steps).toEqual([{ bound: null }]);
      expect(rest).toEqual([...early]);
    }));
  });

  for (const [name, make] of Object.entries(dialogues)) {
    it(`may be any bytes: they are read alike in one piece and in many, and nothing else is thrown (${name})`, () => {
      const plausible = fc.constantFrom([5, 0], [5, 2], [1, 0], [5, 0, 0, 1], [0, 0x5a], [5, 255], [...encode('HTTP/1.1 200 \r\n')], [13, 10], [...encode('a: b\r\n')]);
      const bytes = fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.array(fc.oneof(plausible, fc.array(fc.nat(255), { maxLength: 3 }))).map((all) => Uint8Array.from(all.flat())));
      fc.assert(fc.property(bytes, cuts, (answer, at) => {
        const [one, other] = [make(), make()];
        const whole = heard([answer], (reader) => one.next(reader), isLast);
        const pieces = heard(cut(answer, at), (reader) => other.next(reader), isLast);
        expect(pieces.steps).toEqual(whole.steps);
        if (!whole.steps.includes('malformed')) expect(pieces.rest).toEqual(whole.rest);
      }), { numRuns: 300 });
    });
  }
});
