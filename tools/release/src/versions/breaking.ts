import { inc, satisfies } from 'semver';

/** What of a release plan is needed here. */
export interface Release {
  readonly name: string;
  readonly oldVersion: string;
  readonly newVersion: string;
}

/** Name -> names of the packages of ours that it depends on. */
export type Dependencies = Readonly<Record<string, readonly string[]>>;

/** The change that leaves the range of a version: below 1.0.0 `^0.1.0` ends at 0.2.0. */
export const breakingBump = (version: string): 'minor' | 'major' => (version.startsWith('0.') ? 'minor' : 'major');

/** The next version that `^version` does not take. */
export const nextBreaking = (version: string): string => inc(version, breakingBump(version))!;

const leaves = ({ oldVersion, newVersion }: Release): boolean => !satisfies(newVersion, `^${oldVersion}`);

/**
 * Packages that stand on one whose new version leaves the range of the old one, and which would stay in their own: an update within ranges would bring a second copy of what they
 * stand on. Each with the packages that it stands on.
 */
export function followers(releases: readonly Release[], dependencies: Dependencies): Map<string, string[]> {
  const breaking = new Set(releases.filter(leaves).map(({ name }) => name));
  const found = new Map<string, string[]>();
  // A set goes on to what is added to it meanwhile.
  for (const name of breaking) {
    for (const [other, names] of Object.entries(dependencies)) {
      if (!names.includes(name)) continue;
      if (found.has(other) || !breaking.has(other)) found.set(other, [...(found.get(other) ?? []), name]);
      breaking.add(other);
    }
  }
  return found;
}
