const NS = 'http://www.w3.org/2000/svg';

/** An element of a picture, with others in it. */
export function draw(name: string, attributes: Record<string, string | number>, ...content: (Node | string)[]): SVGElement {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(typeof value === 'number' ? Math.round(value * 10) / 10 : value));
  element.append(...content);
  return element;
}

/** With words that a pointer finds. */
export function titled(element: SVGElement, text: string): SVGElement {
  element.append(draw('title', {}, text));
  return element;
}

/** Milliseconds in words. */
export function timeText(at: number): string {
  return at < 10_000 ? `${Math.round(at * 10) / 10} ms` : `${Math.round(at / 100) / 10} s`;
}
