/** Characters of one value in a message. */
const LONGEST = 120;

/** A list in words, in which what comes several times in a row stands once, with its count. */
export function runsOf(words: readonly string[]): string {
  const runs: { readonly word: string; count: number }[] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last?.word === word) last.count++;
    else runs.push({ word, count: 1 });
  }
  return runs.map(({ word, count }) => (count === 1 ? word : `${word} x ${count}`)).join(', ');
}

/** A text that is no longer than a reader has patience for, in one line. */
export function limited(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}
