import { ByteReader } from '@netstrata/stream-core/reader';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeProxyHeader, parseProxyHeader, type ProxyHeader } from '../src/index.js';
import { blockStart, CLIENT, dialled, LINE, openLab, options, SITE, type Lab } from './support/lab.js';

const block = Buffer.from(encodeProxyHeader({ version: 2, source: CLIENT, destination: SITE, crc: true, tlvs: [{ type: 0xe1, value: Buffer.alloc(300, 1) }] }));
const starts = fc.constantFrom(
  Buffer.alloc(0), Buffer.from(LINE), block, Buffer.from('PROXY UNKNOWN\r\n'), Buffer.from(blockStart(0x20, 0, 0)), Buffer.from(`${LINE}${LINE}`),
  Buffer.concat([Buffer.from(LINE), block]), Buffer.from('PROXY'), block.subarray(0, 11), block.subarray(0, 100), Buffer.from('PROXY TCP4 1 2\r\n'),
  Buffer.from(blockStart(0x21, 0x11, 60_000)), Buffer.from('GET / HTTP/1.1\r\n\r\n'),
);

/** What a connection with these bytes has to become: data behind a header or without, nothing, or it depends on what comes. */
function fate(bytes: Uint8Array): { readonly header: ProxyHeader | null; readonly data: string } | 'refused' | 'open' {
  const reader = new ByteReader();
  reader.push(Uint8Array.from(bytes));
  try {
    const parsed = parseProxyHeader(reader);
    if (parsed === 'more') return 'open';
    return { header: parsed === 'none' ? null : parsed, data: Buffer.from(reader.release()).toString('latin1') };
  } catch {
    return 'refused';
  }
}

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Sends the bytes in pieces and then ends; gives what the server has seen: nothing, or a connection with what came on it. */
async function seen(lab: Lab, bytes: Uint8Array, cuts: readonly number[]): Promise<{ header: unknown; data: string } | string> {
  const [accepted, refused] = [lab.intake.ends.length, lab.refusals.length];
  const peer = await dialled(lab);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  for (const [i, to] of [...places, bytes.length].entries()) if (peer.error === undefined) peer.send(bytes.subarray(places[i - 1] ?? 0, to));
  if (peer.error === undefined) peer.connection.shutdown();
  const outcome = await Promise.race([lab.intake.next(accepted), lab.refused(refused + 1)]);
  if ('reason' in outcome) return outcome.reason;
  await outcome.until(() => outcome.ended || outcome.error !== undefined);
  const header = outcome.connection.facts?.proxyHeader ?? null;
  outcome.connection.close();
  await outcome.closed();
  return { header, data: outcome.text };
}

it.each(['required', 'optional'] as const)('whatever a trusted peer sends, in whatever pieces, is behind its header, or without one, or refused (%s)', async (accept) => {
  await fc.assert(fc.asyncProperty(starts, fc.uint8Array({ maxLength: 40 }), fc.array(fc.nat(500), { maxLength: 6 }), async (start, more, cuts) => {
    const lab = await openLab(options({ accept }));
    const bytes = Buffer.concat([start, more]);
    const expected = fate(bytes);
    const got = await seen(lab, bytes, cuts);
    lab.intake.listener.close();
    const isTooLittle = bytes.length < (bytes[0] === 0x50 ? 6 : 12);
    if (typeof expected === 'object' && (expected.header !== null || accept === 'optional')) {
      expect(got).toMatchObject({ header: expected.header, data: expected.data });
    } else if (expected === 'open' && accept === 'optional' && isTooLittle) {
      expect(got).toEqual({ header: null, data: latin(bytes) });
    } else expect(typeof got).toBe('string');
  }), { numRuns: 150 });
});

it('somebody who is not trusted has no header, whatever comes in whatever pieces, and a forged one is not passed on', async () => {
  await fc.assert(fc.asyncProperty(starts, fc.uint8Array({ maxLength: 40 }), fc.array(fc.nat(500), { maxLength: 6 }), async (start, more, cuts) => {
    const lab = await openLab({ accept: 'optional', trust: [] });
    const bytes = Buffer.concat([start, more]);
    const got = await seen(lab, bytes, cuts);
    lab.intake.listener.close();
    const text = latin(bytes);
    const isForged = text.startsWith('PROXY ') || text.startsWith('\r\n\r\n\0\r\nQUIT\n');
    if (typeof got === 'string') {
      expect([got, isForged]).toEqual(['forged', true]);
    } else {
      expect(got.header).toBeNull();
      expect(isForged ? got.data.length < 12 && text.startsWith(got.data) : got.data === text).toBe(true);
    }
  }), { numRuns: 150 });
});
