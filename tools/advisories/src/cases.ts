import type { AddressClass } from '@netstrata/ip-utils/classify';
import type { Name } from './packages.js';

/** Whose answers stand in `says`, in this order; the last one only where it needs neither a name server nor an interface of the machine. */
export const order: readonly Name[] = ['ip', 'ip-address', 'ipaddr.js', 'netmask', 'private-ip', 'is-localhost-ip'];

export interface Case {
  /** Where it was published; null for what no advisory has named yet. */
  readonly advisory: string | null;
  readonly text: string;
  /** The address that the host of a URL with this text is, or null if it is none. */
  readonly goes: string | null;
  /** What that address is for. */
  readonly class: AddressClass | null;
  /** What the versions of each package say, from the oldest to the newest. */
  readonly says: readonly string[];
}

// CVE-2026-42338 (ip-address writes HTML without escaping) is about no text that ip-utils would take or give.
export const cases: readonly Case[] = [
  { advisory: 'CVE-2020-28360', text: '0.0.0.1', goes: '0.0.0.1', class: 'reserved',
    says: ['public', 'public → special', 'special', '0.0.0.1', 'public → special → special'] },
  { advisory: 'CVE-2020-28360', text: '0.255.255.255', goes: '0.255.255.255', class: 'reserved',
    says: ['public', 'public → special', 'special', '0.255.255.255', 'public → special → special'] },
  { advisory: 'CVE-2020-28360', text: '100.127.255.255', goes: '100.127.255.255', class: 'shared',
    says: ['public', 'public → special', 'special', '100.127.255.255', 'public → special → special'] },
  { advisory: 'CVE-2020-28360', text: '192.0.0.1', goes: '192.0.0.1', class: 'reserved',
    says: ['public', 'public → special', 'special', '192.0.0.1', 'public → special → special'] },
  { advisory: 'CVE-2020-28360', text: '198.18.0.1', goes: '198.18.0.1', class: 'benchmarking',
    says: ['public', 'public → special', 'special', '198.18.0.1', 'public → special → special'] },
  { advisory: 'CVE-2020-28360', text: '240.0.0.1', goes: '240.0.0.1', class: 'reserved',
    says: ['public', 'public → special', 'special', '240.0.0.1', 'public → special → special'] },
  { advisory: 'CVE-2021-28918', text: '012.0.0.1', goes: '10.0.0.1', class: 'private',
    says: ['public', 'public → refused', 'special', '12.0.0.1 → 10.0.0.1 → 10.0.0.1', 'public → public → special'] },
  { advisory: 'CVE-2021-28918', text: '0177.0.0.1', goes: '127.0.0.1', class: 'loopback',
    says: ['public → special', 'refused', 'special', '177.0.0.1 → 127.0.0.1 → 127.0.0.1', 'public → public → special'] },
  { advisory: 'CVE-2021-28918', text: '010.8.8.8', goes: '8.8.8.8', class: 'global',
    says: ['public', 'special → refused', 'public', '10.8.8.8 → 8.8.8.8 → 8.8.8.8', 'public → special → public'] },
  { advisory: 'CVE-2021-29418', text: '0x7f.0.0.1', goes: '127.0.0.1', class: 'loopback',
    says: ['public → special', 'refused', 'special', '127.0.0.1', 'public → special → special'] },
  { advisory: 'CVE-2021-29418', text: '018.0.0.1', goes: null, class: null,
    says: ['public', 'public → refused', 'refused', '18.0.0.1 → 1.0.0.1 → refused', 'public → public → refused'] },
  { advisory: 'CVE-2021-29418', text: '08.0.0.1', goes: null, class: null,
    says: ['public', 'public → refused', 'refused', '8.0.0.1 → 0.0.0.1 → refused', 'public → public → refused'] },
  { advisory: 'CVE-2021-29418', text: '0180.0.0.1', goes: null, class: null,
    says: ['public', 'refused', 'refused', '180.0.0.1 → 1.0.0.1 → refused', 'public → public → refused'] },
  { advisory: 'private-ip pull request 7', text: '127.0.0.01', goes: '127.0.0.1', class: 'loopback',
    says: ['special', 'special → refused', 'special', '127.0.0.1', 'special → public → special'] },
  { advisory: 'private-ip issue 14', text: '127.000.000.1', goes: '127.0.0.1', class: 'loopback',
    says: ['special', 'special → refused', 'special', '127.0.0.1', 'special → public → special'] },
  { advisory: 'private-ip issue 14', text: '2130706433', goes: '127.0.0.1', class: 'loopback',
    says: ['public → special', 'refused', 'special', 'refused → refused → 127.0.0.1', 'public → public → special'] },
  { advisory: 'CVE-2023-42282', text: '0x7F.1', goes: '127.0.0.1', class: 'loopback',
    says: ['public → special', 'refused', 'special', '127.1.0.0 → 0.0.127.1 → 127.0.0.1', 'public → special → special'] },
  { advisory: 'CVE-2023-42282', text: '0x7f.1', goes: '127.0.0.1', class: 'loopback',
    says: ['public → special', 'refused', 'special', '127.1.0.0 → 0.0.127.1 → 127.0.0.1', 'public → special → special'] },
  { advisory: 'CVE-2024-29415', text: '127.1', goes: '127.0.0.1', class: 'loopback',
    says: ['public', 'refused', 'special', '127.1.0.0 → 0.0.127.1 → 127.0.0.1', 'public → public → special'] },
  { advisory: 'CVE-2024-29415', text: '127.00.0x1', goes: '127.0.0.1', class: 'loopback',
    says: ['public', 'refused', 'special', '127.0.1.0 → 0.127.0.1 → 127.0.0.1', 'public → public → special'] },
  { advisory: 'CVE-2024-29415', text: '01200034567', goes: '10.0.57.119', class: 'private',
    says: ['public', 'refused', 'special', 'refused → refused → 10.0.57.119', 'public → refused → special'] },
  { advisory: 'CVE-2024-29415', text: '012.1.2.3', goes: '10.1.2.3', class: 'private',
    says: ['public', 'public → refused', 'special', '12.1.2.3 → 10.1.2.3 → 10.1.2.3', 'public → public → special'] },
  { advisory: 'CVE-2024-29415', text: '000:0:0000::01', goes: '::1', class: 'loopback',
    says: ['public', 'special', 'special', '0.0.0.0 → 0.0.0.0 → ::1', 'public → special → public'] },
  { advisory: 'CVE-2024-29415', text: '::fFFf:127.0.0.1', goes: '::ffff:127.0.0.1', class: 'loopback',
    says: ['special → public', 'public → special', 'special', 'refused → refused → ::ffff:7f00:1', 'special → public → public'] },
  { advisory: 'CVE-2025-8020', text: '224.0.0.1', goes: '224.0.0.1', class: 'multicast',
    says: ['public', 'public → special', 'special', '224.0.0.1', 'public'] },
  { advisory: 'CVE-2025-8020', text: '239.255.255.255', goes: '239.255.255.255', class: 'multicast',
    says: ['public', 'public → special', 'special', '239.255.255.255', 'public'] },
  { advisory: 'CVE-2025-59436', text: '017700000001', goes: '127.0.0.1', class: 'loopback',
    says: ['public', 'refused', 'special', 'refused → refused → 127.0.0.1', 'public → refused → special'] },
  { advisory: 'CVE-2025-59437', text: '0', goes: '0.0.0.0', class: 'unspecified',
    says: ['public', 'refused', 'special', '0.0.0.0', 'public → special → special'] },
  { advisory: 'CVE-2026-54272', text: '::ffff:127.0.0.1', goes: '::ffff:127.0.0.1', class: 'loopback',
    says: ['special', 'public → special', 'special', 'refused → refused → ::ffff:7f00:1', 'special'] },
  { advisory: 'CVE-2026-54272', text: '64:ff9b:1::a00:1', goes: '64:ff9b:1::a00:1', class: 'private',
    says: ['public', 'special', 'special', '0.0.0.0 → 0.0.0.64 → 64:ff9b:1::a00:1', 'public'] },
  { advisory: 'CVE-2026-54272', text: '64:ff9b::a9fe:a9fe', goes: '64:ff9b::a9fe:a9fe', class: 'link-local',
    says: ['public', 'special', 'special', '0.0.0.0 → 0.0.0.64 → 64:ff9b::a9fe:a9fe', 'public'] },
  { advisory: 'CVE-2026-54272', text: '::ffff:a9fe:a9fe', goes: '::ffff:169.254.169.254', class: 'link-local',
    says: ['public', 'public → special', 'special', 'refused → refused → ::ffff:a9fe:a9fe', 'public', 'public'] },
  { advisory: 'CVE-2026-69192', text: '012.0.0.1', goes: '10.0.0.1', class: 'private',
    says: ['public', 'public → refused', 'special', '12.0.0.1 → 10.0.0.1 → 10.0.0.1', 'public → public → special'] },
  { advisory: 'private-ip issue 32', text: '::ffff:7f00:1', goes: '::ffff:127.0.0.1', class: 'loopback',
    says: ['public', 'public → special', 'special', 'refused → refused → ::ffff:7f00:1', 'public'] },
  { advisory: 'ipaddr.js issue 213', text: '::ffff:0177.0.0.1', goes: null, class: null,
    says: ['public', 'refused', 'public', 'refused → refused → ::ffff:7f00:1', 'public → special → special'] },
  { advisory: 'ipaddr.js issue 213', text: '::ffff:012.0.0.1', goes: null, class: null,
    says: ['public', 'refused', 'public', 'refused → refused → ::ffff:a00:1', 'public → special → special'] },
  { advisory: 'changes of is-localhost-ip 3.0.0', text: '[::ffff:127.0.0.1]', goes: '::ffff:127.0.0.1', class: 'loopback',
    says: ['public → refused', 'refused', 'refused', 'refused', 'public → public → refused', 'public → special'] },
  { advisory: 'changes of is-localhost-ip 3.0.0', text: '[fe80::1]', goes: 'fe80::1', class: 'link-local',
    says: ['public → refused', 'refused', 'refused', 'refused', 'public → public → refused', 'public → special'] },
  { advisory: null, text: 'fec0::1', goes: 'fec0::1', class: 'site-local',
    says: ['public', 'public → special', 'special', 'refused → refused → fec0::1', 'public'] },
  { advisory: null, text: '2001:0:808:808::f5ff:fffe', goes: '2001:0:808:808::f5ff:fffe', class: 'private',
    says: ['public', 'public → special', 'special', '0.0.0.0 → refused → 2001:0:808:808::f5ff:fffe', 'public'] },
  { advisory: null, text: '2001:470::5efe:10.0.0.1', goes: '2001:470::5efe:a00:1', class: 'private',
    says: ['public', 'public', 'public', '0.0.0.1 → refused → 2001:470::5efe:a00:1', 'public'] },
  { advisory: null, text: '64:ff9b:1::10.0.0.1', goes: '64:ff9b:1::a00:1', class: 'private',
    says: ['public', 'special', 'special', '0.0.0.1 → 64.0.0.1 → 64:ff9b:1::a00:1', 'public'] },
  { advisory: null, text: '2002:a00:1::1', goes: '2002:a00:1::1', class: 'private',
    says: ['public', 'special', 'special', '0.0.0.0 → refused → 2002:a00:1::1', 'public → special → special'] },
  { advisory: null, text: '0.0.0.0', goes: '0.0.0.0', class: 'unspecified',
    says: ['public', 'public → special', 'special', '0.0.0.0', 'public → special → special'] },
];
