import { formatAddress, normalizeAddress, parseHostPort, parseURLHost } from '@netstrata/ip-utils/address';
import { BlockList } from '@netstrata/ip-utils/block-list';
import { classify, isGlobal, looseIPv4 } from '@netstrata/ip-utils/classify';
import { isIP } from '@netstrata/ip-utils';
import { publicOnly } from '@netstrata/ip-utils/policy';
import { describe, expect, it } from 'vitest';
import { cases, order } from '../src/cases.js';
import { answers } from '../src/packages.js';

const ids = ['CVE-2020-28360', 'CVE-2021-28918', 'CVE-2021-29418', 'CVE-2023-42282', 'CVE-2024-29415', 'CVE-2025-8020', 'CVE-2025-59436', 'CVE-2025-59437', 'CVE-2026-54272', 'CVE-2026-69192'];

it('every advisory has its cases, and every package some that it gets wrong', () => {
  expect(ids.filter((id) => !cases.some(({ advisory }) => advisory === id))).toEqual([]);
  for (const [i, name] of order.entries()) {
    if (name !== 'netmask') expect(cases.filter((one) => one.class !== 'global' && one.says[i]?.includes('public')).length, name).toBeGreaterThan(0);
  }
});

/** Where a URL with this host leads, by the parser in front of `fetch`. */
function witness(text: string): string | null {
  try {
    const { hostname } = new URL(`http://${/^[^[]*:/.test(text) ? `[${text}]` : text}/`);
    return formatAddress(parseURLHost(hostname)!);
  } catch {
    return null;
  }
}

describe.each(cases)('$text ($advisory)', ({ text, goes, class: kind, says }) => {
  it('leads where the table says', () => {
    expect(witness(text)).toBe(goes);
  });

  it.each(says.map((said, i) => ({ name: order[i], said })))('$name says: $said', async ({ name, said }) => {
    expect(await answers(name, text)).toBe(said);
  });

  it('is an address to ip-utils with the right class, or none, with what others make of it', () => {
    if (isIP(text) !== 0) {
      expect([normalizeAddress(text), classify(text)]).toEqual([goes, kind]);
    } else if (text.startsWith('[')) {
      expect([parseHostPort(text)?.host, classify(text)]).toEqual([goes, null]);
      expect(classify(goes)).toBe(kind);
    } else {
      // The spelling is refused, and what a resolver would make of it can be judged.
      expect([normalizeAddress(text), classify(text), looseIPv4(text)]).toEqual([null, null, goes]);
      if (goes !== null) expect(classify(goes)).toBe(kind);
    }
  });

  it('gets past no check of ip-utils', () => {
    expect([isGlobal(text), publicOnly.check(text).allowed]).toEqual([false, false]);
    if (goes === null || kind === 'global') return;
    expect([isGlobal(goes), publicOnly.check(goes, 80).allowed]).toEqual([false, false]);
    const list = new BlockList({ strict: true });
    list.addCIDRs([...BlockList.PRIVATE_RANGES, '0.0.0.0/8', '100.64.0.0/10', '192.0.0.0/24', '198.18.0.0/15', '224.0.0.0/3', 'fec0::/10']);
    expect(list.check(goes, goes.includes(':') ? 'ipv6' : 'ipv4')).toBe(true);
  });
});
