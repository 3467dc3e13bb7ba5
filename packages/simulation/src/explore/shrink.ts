/**
 * Makes a list that fails as short as it can be: parts of it are left out as long as it goes on failing (the `ddmin` of Zeller and
 * Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002). `attempts` bounds how often it is tried.
 */
export async function shrinkList<T>(
  list: readonly T[], fails: (candidate: readonly T[]) => Promise<boolean>, attempts = 200,
): Promise<readonly T[]> {
  let current = list;
  let parts = 2;
  let left = attempts;
  while (current.length > 0 && left > 0) {
    const size = Math.ceil(current.length / parts);
    let shorter: readonly T[] | null = null;
    for (let from = 0; from < current.length && shorter === null && left > 0; from += size) {
      const candidate = [...current.slice(0, from), ...current.slice(from + size)];
      left--;
      if (await fails(candidate)) shorter = candidate;
    }
    if (shorter !== null) {
      current = shorter;
      parts = Math.max(parts - 1, 2);
    } else if (size === 1) {
      break;
    } else {
      parts = Math.min(parts * 2, current.length);
    }
  }
  return current;
}
