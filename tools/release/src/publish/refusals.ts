/** What is known before anything is published. */
export interface Situation {
  /** The URLs that npm and pnpm, which changesets runs, publish to: one, unless their settings are at odds. */
  readonly registries: readonly string[];
  /** Fields of the root's manifest that are not there. */
  readonly missing: readonly string[];
  readonly inconsistent: readonly string[];
  /** Lines of `git status --porcelain`. */
  readonly uncommitted: readonly string[];
  /** Names of changesets that are no versions yet. */
  readonly pending: readonly string[];
  /** Whether this runs where npm can prove what it was built from, and by what. */
  readonly canProve: boolean;
  /** Somebody has said that it goes without. */
  readonly withoutProvenance: boolean;
}

/** A registry on this machine: whoever publishes there reaches nobody. */
export function isLoopback(registry: string): boolean {
  const hostname = URL.canParse(registry) ? new URL(registry).hostname : '';
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}

/** npm makes provenance in these. */
export function canProve(env: Readonly<Record<string, string | undefined>>): boolean {
  return (env.GITHUB_ACTIONS !== undefined && env.ACTIONS_ID_TOKEN_REQUEST_URL !== undefined) || (env.GITLAB_CI !== undefined && env.SIGSTORE_ID_TOKEN !== undefined);
}

const some = (all: readonly string[]): string => `${all.slice(0, 5).join(', ')}${all.length > 5 ? ', ...' : ''}`;

/** Why nothing may be published now. */
export function refusals({ registries, missing, inconsistent, uncommitted, pending, canProve: proves, withoutProvenance }: Situation): string[] {
  const always = [
    ...(uncommitted.length > 0 ? [`${uncommitted.length} files are not committed: ${some(uncommitted.map((line) => line.slice(3)))}`] : []),
    ...(pending.length > 0 ? [`${pending.length} changesets are no versions yet (npm run version-packages): ${some(pending)}`] : []),
    ...inconsistent,
    ...(registries.length > 1 ? [`npm and pnpm do not publish to the same registry, but to ${registries.join(' and ')}`] : []),
  ];
  if (registries.every(isLoopback)) return always;
  return [
    ...always,
    ...(missing.length > 0 ? [`package.json of the root has no ${missing.join(', no ')}: write them there, then npm run release:address`] : []),
    ...(proves || withoutProvenance ? [] : ['npm can make no provenance here: publish from the release workflow, or with --no-provenance']),
  ];
}
