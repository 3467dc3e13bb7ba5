import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Handshake, type Step } from '../src/wire/handshake.js';
import { encodeMessage } from '../src/wire/address.js';
import { concat } from '../src/wire/bytes.js';
import { CONNECT, Socks5Dialogue } from '../src/wire/socks5.js';
import { cut, cuts, heard } from './support/pieces.js';

const isLast = (step: Step): boolean => 'request' in step || ('method' in step && step.method === 255);
const port = fc.nat(65_535);
const field = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((text) => Buffer.from(text).subarray(0, 255).toString().replaceAll('\ufffd', '?').slice(0, 80));
const place = fc.oneof(
  fc.record({ address: fc.ipV4(), port, family: fc.constant('IPv4' as const) }),
  fc.record({ address: fc.constantFrom('2001:db8::1', '64:ff9b::a00:1'), port, family: fc.constant('IPv6' as const) }),
  fc.record({ host: fc.stringMatching(/^[a-zA-Z0-9_.-]{1,255}$/), port }),
);

describe('what a client says', () => {
  it('is heard as it was said, in any pieces, and the first bytes behind it are left', () => {
    fc.assert(fc.property(place, field, field, fc.uint8Array({ maxLength: 40 }), cuts, (to, user, password, early, at) => {
      const said = concat(new Socks5Dialogue(CONNECT, to, { user, password }, true).opening, early);
      const handshake = new Handshake(true);
      const { steps, rest } = heard(cut(said, at), (reader) => handshake.next(reader), isLast);
      expect(steps).toEqual([{ method: 2 }, { credentials: { user, password } }, { request: { code: CONNECT, place: to } }]);
      expect(rest).toEqual([...early]);
    }));
  });

  it('may be any bytes: they are heard alike in one piece and in many, and nothing else is thrown', () => {
    const plausible = fc.constantFrom([5, 1, 0], [5, 2, 0, 2], [1, 1, 65, 1, 66], [5, 1, 0, 1], [5, 1, 0, 3, 2, 65, 66, 0, 80], [5, 2, 0, 4]);
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.array(fc.oneof(plausible, fc.array(fc.nat(255), { maxLength: 3 }))).map((all) => Uint8Array.from(all.flat())));
    fc.assert(fc.property(bytes, cuts, fc.boolean(), (said, at, asks) => {
      const [one, other] = [new Handshake(asks), new Handshake(asks)];
      const whole = heard([said], (reader) => one.next(reader), isLast);
      const pieces = heard(cut(said, at), (reader) => other.next(reader), isLast);
      expect(pieces.steps).toEqual(whole.steps);
      if (!whole.steps.includes('malformed')) expect(pieces.rest).toEqual(whole.rest);
    }), { numRuns: 500 });
  });

  it('is IPv4 where it is IPv4 in IPv6', () => {
    const said = encodeMessage(CONNECT, { address: '::ffff:192.0.2.1', port: 80, family: 'IPv6' });
    expect([...said]).toEqual([5, 1, 0, 1, 192, 0, 2, 1, 0, 80]);
    const mapped = concat([5, 1, 0, 5, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 192, 0, 2, 1, 0, 80]);
    const handshake = new Handshake(false);
    const { steps } = heard([mapped.slice(0, 3), mapped.slice(3)], (reader) => handshake.next(reader), isLast);
    expect(steps.at(-1)).toEqual({ request: { code: 1, place: { address: '192.0.2.1', port: 80, family: 'IPv4' } } });
  });
});
