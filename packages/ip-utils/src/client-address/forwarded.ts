/** The index of the quote that ends what the one at `start` begins, or -1. */
function closingQuote(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return -1;
}

const firstAfterSpace = (text: string, from: number): number => {
  let i = from;
  while (text[i] === ' ' || text[i] === '\t') i++;
  return i;
};

/**
 * The value of the parameter `for` of one element of `Forwarded` (RFC 7239 section 4), without quotes. Beyond the grammar, white space may
 * stand around `=` and `;`, and a value needs no quotes for colons and brackets, which large content networks leave out.
 * @returns null if there is none, if there are two, and if the element cannot be read
 */
export function forwardedFor(element: string): string | null {
  let found: string | null = null;
  for (let i = firstAfterSpace(element, 0); i < element.length; i = firstAfterSpace(element, i)) {
    const equals = element.indexOf('=', i);
    if (equals < 0) return null;
    const name = element.slice(i, equals).trim().toLowerCase();
    const start = firstAfterSpace(element, equals + 1);
    const isQuoted = element[start] === '"';
    const close = isQuoted ? closingQuote(element, start) : start;
    if (close < 0) return null;
    const semicolon = element.indexOf(';', close);
    const end = semicolon < 0 ? element.length : semicolon;
    // Behind quotes there is nothing.
    if (isQuoted && element.slice(close + 1, end).trim() !== '') return null;
    const value = isQuoted ? element.slice(start + 1, close).replace(/\\(.)/g, '$1') : element.slice(start, end).trim();
    if (name === 'for') {
      if (found !== null) return null;
      found = value;
    }
    i = end + 1;
  }
  return found;
}
