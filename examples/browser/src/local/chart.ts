import type { Run } from './world.js';

const NS = 'http://www.w3.org/2000/svg';
const [WIDTH, LEFT, RIGHT] = [1000, 60, 20];
const LANES: Record<string, number> = { client: 40, bank: 150 };
const HEIGHT = 200;

/** What is drawn as a mark of its own, and what as the begin and the end of an arrow. */
const MARKS = new Set(['fail', 'refused', 'reset', 'lost', 'fault', 'host']);
const ARRIVALS: Record<string, string> = { arrive: 'send', end: 'fin', established: 'connect' };
const DEPARTURES = new Set(Object.values(ARRIVALS));

function draw(name: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.append(text);
  return element;
}

/** Marks get their words as a tooltip. */
function titled(element: SVGElement, text: string): SVGElement {
  element.append(draw('title', {}, text));
  return element;
}

/** What went from one lane to the other: a departure is matched with the next arrival of its connection there. */
function arrows({ entries }: Run, x: (at: number) => number): SVGElement[] {
  const waiting = new Map<string, { at: number; host: string; text: string }[]>();
  const drawn: SVGElement[] = [];
  for (const { kind, at, host, text } of entries) {
    const connection = /^#\d+/.exec(text)?.[0] ?? '';
    if (DEPARTURES.has(kind)) {
      const key = `${connection} ${kind}`;
      waiting.set(key, [...waiting.get(key) ?? [], { at, host, text }]);
    } else if (kind in ARRIVALS) {
      const among = waiting.get(`${connection} ${ARRIVALS[kind]}`) ?? [];
      const from = among.findIndex((one) => kind === 'established' || one.host !== host);
      if (from < 0) continue;
      const [sent] = among.splice(from, 1);
      const middle = kind === 'established' ? `L ${x((sent.at + at) / 2)} ${otherLane(host)}` : '';
      drawn.push(titled(draw('path', { d: `M ${x(sent.at)} ${LANES[sent.host]} ${middle} L ${x(at)} ${LANES[host]}`, class: kind }), `${sent.at.toFixed(0)} ms: ${sent.text}`));
    }
  }
  return drawn;
}

const otherLane = (host: string): number => (host === 'client' ? LANES.bank : LANES.client);

function marks({ entries }: Run, x: (at: number) => number): SVGElement[] {
  return entries.filter(({ kind, at }) => MARKS.has(kind) && !(kind === 'host' && at === 0)).map(({ kind, at, host, text }) => {
    const words = `${at.toFixed(0)} ms: ${host} ${text}`;
    if (kind === 'fault') return titled(draw('line', { x1: x(at), x2: x(at), y1: 20, y2: HEIGHT - 30, class: 'fault' }), words);
    return titled(draw('circle', { cx: x(at), cy: LANES[host] ?? HEIGHT / 2, r: 5, class: kind === 'host' ? 'host' : 'bad' }), words);
  });
}

function axis(took: number, x: (at: number) => number): SVGElement[] {
  const step = [50, 100, 200, 500, 1000, 2000, 5000].find((one) => took / one <= 8) ?? 10_000;
  return Array.from({ length: Math.floor(took / step) + 1 }, (_, i) => draw('text', { x: x(i * step), y: HEIGHT - 8, class: 'tick' }, `${i * step} ms`));
}

/** A run as a picture: a lane for each host, an arrow for what went from one to the other. */
export function chartOf(run: Run): SVGElement {
  const x = (at: number): number => LEFT + (at / Math.max(run.took, 1)) * (WIDTH - LEFT - RIGHT);
  const svg = draw('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `${run.entries.length} events in ${run.took.toFixed(0)} ms` });
  for (const [name, y] of Object.entries(LANES)) {
    svg.append(draw('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y, class: 'lane' }), draw('text', { x: 0, y: y + 5, class: 'name' }, name));
  }
  svg.append(...axis(run.took, x), ...arrows(run, x), ...marks(run, x));
  return svg;
}
