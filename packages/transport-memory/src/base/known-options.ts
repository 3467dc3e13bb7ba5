import { codedError, invalidArgType, optionsOf } from '@netstrata/stream-core';

/**
 * The options of an object, which has no others: a name that is misspelt would change nothing, and nobody would notice. `of` says whose
 * they are, as in `a link`. Throws ERR_INVALID_ARG_TYPE for what is no object, and ERR_INVALID_ARG_VALUE for an option that there is not.
 */
export function knownOptions<T extends object, K extends keyof T & string>(
  given: T | null | undefined, names: readonly K[], of: string,
): Pick<T, K> {
  checkNames(given, names, of);
  return optionsOf(given, names);
}

/** The check alone. */
export function checkNames(given: object | null | undefined, names: readonly string[], of: string): void {
  if (given == null) return;
  if (typeof given !== 'object' || Array.isArray(given)) throw invalidArgType(`options of ${of}`, 'of type object', given);
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) throw unknownOption(name, names, of);
  }
}

function unknownOption(name: string, names: readonly string[], of: string): Error {
  const distances = names.map((known) => ({ known, edits: editsBetween(name.toLowerCase(), known.toLowerCase()) }));
  const [nearest] = distances.sort((one, other) => one.edits - other.edits);
  const hint = nearest.edits <= Math.ceil(name.length / 2) ? ` Did you mean '${nearest.known}'?` : '';
  const message = `There is no option ${JSON.stringify(name)} of ${of}.${hint} There are: ${names.join(', ')}`;
  return codedError(TypeError, 'ERR_INVALID_ARG_VALUE', message);
}

/** How many letters have to be added, left out or changed to make one text of the other (Levenshtein). */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 0; i < one.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++) {
      next.push(Math.min(row[j] + (one[i] === other[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  return row[other.length];
}
