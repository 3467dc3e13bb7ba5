const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;

/** The quote that begins what the one at `end` ends; -1 if there is none. */
function openingQuote(text: string, end: number): number {
  for (let at = end; at > 0; ) {
    at = text.lastIndexOf('"', at - 1);
    let slashes = 0;
    while (at - slashes > 0 && text.charCodeAt(at - slashes - 1) === BACKSLASH) slashes++;
    if ((slashes & 1) === 0) return at;
  }
  return -1;
}

/**
 * The elements of a list from its end: the last one was written by the nearest proxy, and nothing that stands before it, such as a quote
 * that a client left open, changes how it is read. Empty elements are left out (RFC 9110 section 5.6.1). Linear in all.
 */
export class ElementsFromEnd {
  readonly #text: string;
  readonly #hasQuotes: boolean;
  #end: number;

  /** @param hasQuotes whether commas between quotes belong to an element */
  constructor(text: string, hasQuotes: boolean) {
    this.#text = text;
    this.#hasQuotes = hasQuotes;
    this.#end = text.length;
  }

  /** The next one to the left, or null. */
  next(): string | null {
    while (this.#end > 0) {
      const start = this.#startOf(this.#end);
      const element = this.#text.slice(start, this.#end).trim();
      this.#end = start - 1;
      if (element !== '') return element;
    }
    return null;
  }

  #startOf(end: number): number {
    let i = end - 1;
    for (; i >= 0; i--) {
      const code = this.#text.charCodeAt(i);
      if (code === COMMA) return i + 1;
      if (code === QUOTE && this.#hasQuotes) i = openingQuote(this.#text, i);
    }
    return 0;
  }
}
