import { describe, expect, it } from 'vitest';
import { breakingBump, followers, nextBreaking } from '../src/versions/breaking.js';

/** roof stands on wall, wall on ground; shed on nothing. */
const dependencies = { ground: [], wall: ['ground'], roof: ['wall'], shed: [] };
const release = (name: string, oldVersion: string, newVersion: string) => ({ name, oldVersion, newVersion });
const names = (...releases: Parameters<typeof followers>[0]) => Object.fromEntries(followers(releases, dependencies));

describe('who stands on a breaking change', () => {
  it('follows it, at any distance', () => {
    expect(names(release('ground', '0.1.0', '0.2.0'))).toEqual({ wall: ['ground'], roof: ['wall'] });
  });

  it('follows it although changesets have given it a patch', () => {
    expect(names(release('ground', '0.1.0', '0.2.0'), release('wall', '0.1.3', '0.1.4'), release('roof', '0.1.0', '0.1.1'))).toEqual({ wall: ['ground'], roof: ['wall'] });
  });

  it('needs nothing more when it has a breaking change of its own', () => {
    expect(names(release('ground', '0.1.0', '0.2.0'), release('wall', '0.1.0', '0.2.0'))).toEqual({ roof: ['wall'] });
  });

  it('is nobody where the change is none that breaks', () => {
    expect(names(release('ground', '0.1.0', '0.1.1'), release('shed', '0.1.0', '0.2.0'))).toEqual({});
  });

  it('follows a major version from 1.0.0 on, and no minor one', () => {
    expect(names(release('ground', '1.4.0', '1.5.0'))).toEqual({});
    expect(names(release('ground', '1.4.0', '2.0.0'))).toEqual({ wall: ['ground'], roof: ['wall'] });
  });
});

it('a breaking version is a minor one below 1.0.0, and a major one from there on', () => {
  expect([breakingBump('0.3.9'), nextBreaking('0.3.9')]).toEqual(['minor', '0.4.0']);
  expect([breakingBump('1.3.9'), nextBreaking('1.3.9')]).toEqual(['major', '2.0.0']);
});
