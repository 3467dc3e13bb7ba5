import { isDeepStrictEqual } from 'node:util';
import { FIELDS, addressOf, given, type Address, type Manifest } from './address.js';

/** A URL that somebody else can open. */
function isPublic(text: unknown): boolean {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^(?:git\+)?https:$/.test(url.protocol) && url.hostname.includes('.') && url.username === '';
}

function wrongOf({ homepage, repository, bugs }: Address): string[] {
  return [
    ...(homepage === undefined || isPublic(homepage) ? [] : [`homepage of the root is no https URL: ${JSON.stringify(homepage)}`]),
    ...(repository === undefined || (repository.type === 'git' && /^git\+https:\/\/.*\.git$/.test(repository.url) && isPublic(repository.url)) ? [] : [`repository of the root is not { "type": "git", "url": "git+https://....git" }: ${JSON.stringify(repository)}`]),
    ...(bugs === undefined || isPublic(bugs.url) ? [] : [`bugs of the root is not { "url": "https://..." }: ${JSON.stringify(bugs)}`]),
  ];
}

/** Fields that nobody has filled in yet. */
export const missing = (ofRoot: Manifest): string[] => FIELDS.filter((field) => !(field in ofRoot));

/** Fields by which a package goes somewhere else than everybody thinks. */
function elsewhere(packages: Readonly<Record<string, Manifest>>): string[] {
  return Object.entries(packages).flatMap(([folder, { publishConfig }]) => {
    const fields = Object.keys(Object(publishConfig) as object).filter((field) => field.endsWith('registry'));
    return fields.map((field) => `${folder}/package.json: publishConfig has ${field}, which no setting and no rehearsal gets past`);
  });
}

/** What is not consistent: all of the fields are there or none is, every package has what the root says, and none says where it is published. */
export function inconsistent(ofRoot: Manifest, packages: Readonly<Record<string, Manifest>>): string[] {
  const address = given(ofRoot);
  const lacking = missing(ofRoot);
  const some = lacking.length > 0 && lacking.length < FIELDS.length ? [`the root has some of ${FIELDS.join(', ')}, but not ${lacking.join(', ')}`] : [];
  const others = Object.entries(packages).flatMap(([folder, manifest]) => {
    const wanted = addressOf(folder, address);
    return FIELDS.filter((field) => !isDeepStrictEqual(manifest[field], wanted[field])).map((field) => `${folder}/package.json: ${field} is ${JSON.stringify(manifest[field])}, and not ${JSON.stringify(wanted[field])} (npm run release:address)`);
  });
  return [...wrongOf(address), ...some, ...others, ...elsewhere(packages)];
}
