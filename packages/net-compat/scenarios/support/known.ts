import { KNOWN_DIFFERENCES, type KnownDifference } from './known-differences.js';
import type { Medium } from './medium.js';

export const major = Number.parseInt(process.versions.node, 10);
const driver = process.env['NETSTRATA_DRIVER'] === 'host' ? 'host' : 'libuv';

/** What is known to differ in a scenario, where this process runs. */
export function knownDifference(title: string, medium: Medium): KnownDifference | undefined {
  return KNOWN_DIFFERENCES.find((entry) => entry.scenario === title && applies(entry, medium));
}

function applies({ media, driver: of, nodes, platform }: KnownDifference, medium: Medium): boolean {
  return (media?.includes(medium) ?? true) && (of ?? driver) === driver && (nodes?.includes(major) ?? true) && (platform ?? process.platform) === process.platform;
}
