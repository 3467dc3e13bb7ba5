import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * @typedef {{ name: string, folder: string, manifest: Record<string, any> }} Member
 * @param {string} [from]
 * @returns {Member[]} every package of the workspace: libraries, tools and examples
 */
export function members(from = root) {
  return ['packages', 'tools', 'examples'].flatMap((area) => {
    if (!existsSync(join(from, area))) return [];
    return readdirSync(join(from, area))
      .map((name) => `${area}/${name}`)
      .filter((folder) => existsSync(join(from, folder, 'package.json')))
      .map((folder) => {
        const manifest = JSON.parse(readFileSync(join(from, folder, 'package.json'), 'utf8'));
        return { name: manifest.name, folder, manifest };
      });
  });
}

/** @param {Member[]} all */
export function withTests(all) {
  return all.filter(({ manifest }) => manifest.scripts?.test);
}

/**
 * The libraries that stand on `base`, itself included: whoever depends on it, directly or through others.
 * @param {Member[]} all
 * @param {string} base
 */
export function standingOn(all, base) {
  const byName = new Map(all.map((member) => [member.name, member]));
  const stands = (name, seen = new Set()) => {
    if (name === base) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return Object.keys(byName.get(name)?.manifest.dependencies ?? {}).some((dependency) => stands(dependency, seen));
  };
  return all.filter(({ name, folder }) => folder.startsWith('packages/') && stands(name));
}
