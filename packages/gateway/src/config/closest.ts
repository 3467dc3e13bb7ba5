/** How many letters may differ from what was meant. */
const MOST = 3;
/** Nothing of ours is longer: what is, is not looked at. */
const LONGEST = 64;

/** How many letters have to be put in, taken out or changed. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 0; i < one.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++) {
      next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (one[i] === other[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length];
}

/** The known name that was probably meant, or null. */
export function closest(given: string, known: Iterable<string>): string | null {
  if (given.length > LONGEST) return null;
  let found: string | null = null;
  let least = Math.min(MOST, given.length / 2) + 1;
  for (const name of known) {
    const far = distance(given.toLowerCase(), name.toLowerCase());
    if (far < least) [found, least] = [name, far];
  }
  return found;
}
