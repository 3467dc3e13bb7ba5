/**
 * Owns which versions of a runtime are tested: those of `tools/runtimes/binaries`, and the Nodes that the matrix runs. A changed signature
 * under public interfaces can abort the process, so others get the host driver. A test compares the two.
 */
export const TESTED_VERSIONS: Readonly<Record<'node' | 'bun' | 'deno', readonly string[]>> = {
  node: ['20', '22', '24', '26'],
  bun: ['1.4'],
  deno: ['2.9'],
};

type Versions = Readonly<Record<string, string | undefined>>;

export function runtimeOf(versions: Versions): 'node' | 'bun' | 'deno' {
  if (versions['bun'] !== undefined) return 'bun';
  return versions['deno'] === undefined ? 'node' : 'deno';
}

/** By the major on Node; by major and minor on the others, whose minors change as much. */
export function isTested(versions: Versions): boolean {
  const runtime = runtimeOf(versions);
  return TESTED_VERSIONS[runtime].some((version) => versions[runtime]!.startsWith(`${version}.`));
}
