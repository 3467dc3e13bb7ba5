import { expect, it } from 'vitest';
import { canProve, isLoopback, refusals, type Situation } from '../src/publish/refusals.js';

const public_: Situation = { registries: ['https://registry.example/'], missing: [], inconsistent: [], uncommitted: [], pending: [], canProve: true, withoutProvenance: false };

it('nothing stands against a release where everything is in order', () => {
  expect(refusals(public_)).toEqual([]);
});

it('a registry that is not on this machine gets nothing while the addresses are missing', () => {
  const missing = ['homepage', 'repository', 'bugs'];
  expect(refusals({ ...public_, missing })).toEqual(['package.json of the root has no homepage, no repository, no bugs: write them there, then npm run release:address']);
  expect(refusals({ ...public_, missing, registries: ['http://127.0.0.1:4873/'] })).toEqual([]);
});

it('it gets nothing without provenance, unless somebody has said so', () => {
  expect(refusals({ ...public_, canProve: false })).toEqual([expect.stringContaining('--no-provenance')]);
  expect(refusals({ ...public_, canProve: false, withoutProvenance: true })).toEqual([]);
  expect(refusals({ ...public_, canProve: false, registries: ['http://localhost:4873'] })).toEqual([]);
});

it.each(['https://registry.example/', 'http://[::1]:4873/'])('%s gets nothing that is not committed, not versioned or not consistent', (registry) => {
  const against = refusals({ ...public_, registries: [registry], uncommitted: [' M README.md'], pending: ['a-change.md'], inconsistent: ['packages/transport: bugs'] });
  expect(against).toEqual(['1 files are not committed: README.md', '1 changesets are no versions yet (npm run version-packages): a-change.md', 'packages/transport: bugs']);
});

it('nothing is published where npm and pnpm are at odds about the registry, though one of them is on this machine', () => {
  const against = refusals({ ...public_, registries: ['http://127.0.0.1:4873/', 'https://registry.example/'], canProve: false });
  expect(against).toEqual([expect.stringContaining('but to http://127.0.0.1:4873/ and https://registry.example/'), expect.stringContaining('--no-provenance')]);
});

it.each([
  ['http://127.0.0.1:4873/', true], ['http://127.9.9.9/', true], ['http://localhost:80', true], ['http://[::1]:1/', true],
  ['https://127.0.0.1.example/', false], ['https://localhost.example/', false], ['http://10.0.0.1/', false], ['http://localhost@registry.example/', false], ['http://127.0.0.1:80@registry.example/', false], ['', false], ['https://registry.example/', false],
])('%s is on this machine: %s', (registry, expected) => {
  expect(isLoopback(registry)).toBe(expected);
});

it('npm can prove where a package comes from in CI that gives it a token for that', () => {
  expect(canProve({})).toBe(false);
  expect(canProve({ GITHUB_ACTIONS: 'true' })).toBe(false);
  expect(canProve({ GITHUB_ACTIONS: 'true', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://ci.example' })).toBe(true);
  expect(canProve({ GITLAB_CI: 'true', SIGSTORE_ID_TOKEN: 'x' })).toBe(true);
});
