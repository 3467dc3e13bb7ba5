import { defineComponent, h, type PropType, type VNode } from 'vue';
import type { Entry, Timeline } from '../../figures/timeline.js';

/** Of the drawing, in its own units. */
const WIDTH = 580;
const ROW = 21;
const TOP = 44;
const TIME = 52;
/** Of the two lifelines. */
const LINES = [238, 420];
const GAP = 9;

/** The beginning and the end of an arrow say these. */
const OF_ARROWS = /^(?:sends|gets|reads) \d+ B/;

/** Who sends what to whom in a simulated world: a lifeline for each of two hosts, time from above, an arrow for bytes on their way. */
export const Sequence = defineComponent({
  props: { timeline: { type: Object as PropType<Timeline>, required: true }, caption: { type: String, required: true } },
  setup({ timeline: { hosts, entries, flights }, caption }) {
    const moments = [...new Set([...entries.filter(({ text }) => !OF_ARROWS.test(text)), ...flights.flatMap(({ sent, arrived }) => [{ at: sent }, { at: arrived }])])];
    const rows = moments.map((moment) => moment.at).sort((a, b) => a - b);
    const x = (host: string) => LINES[hosts.indexOf(host)];
    const taken = new Map<number, number>();
    /** Each moment has a row of its own, also where several have one time. */
    const rowOf = (at: number) => {
      const used = taken.get(at) ?? 0;
      taken.set(at, used + 1);
      return TOP + ROW * (rows.indexOf(at) + used);
    };
    const height = TOP + ROW * rows.length;
    const shown = entries.filter(({ text }) => !OF_ARROWS.test(text)).map((entry) => ({ entry, y: rowOf(entry.at) }));
    const arrows = flights.map((flight) => ({ flight, from: rowOf(flight.sent), to: rowOf(flight.arrived) }));
    const told = entries.map(({ at, host, text }) => `${Math.round(at)} ms: ${host} ${text}`).join('; ');
    const time = (at: number, y: number) => h('text', { class: 'time', x: TIME, y: y + 4, 'text-anchor': 'end' }, `${Math.round(at)} ms`);
    return () => h('figure', { class: 'sequence' }, [
      h('div', { class: 'scrolled', tabindex: 0, role: 'group', 'aria-label': caption }, h('svg', { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': told }, [
        ...hosts.map((host) => h('line', { class: 'life', x1: x(host), x2: x(host), y1: TOP - 18, y2: height - 6 })),
        ...hosts.map((host) => h('text', { class: 'host', x: x(host), y: 18, 'text-anchor': 'middle' }, host)),
        ...shown.map(({ entry, y }) => event(entry, x(entry.host), y, time)),
        ...arrows.flatMap(({ flight, from, to }) => [arrow(x(flight.from), from, x(flight.to), to, flight.bytes), time(flight.sent, from), time(flight.arrived, to)]),
      ])),
      h('figcaption', caption),
    ]);
  },
});

function event({ at, text }: Entry, x: number, y: number, time: (at: number, y: number) => VNode): VNode {
  const isLeft = x === LINES[0];
  const kind = /crash|reset/.test(text) ? 'bad' : 'plain';
  return h('g', { class: kind }, [
    time(at, y),
    h('circle', { cx: x, cy: y, r: 4 }),
    h('text', { x: isLeft ? x - GAP : x + GAP, y: y + 4, 'text-anchor': isLeft ? 'end' : 'start' }, text),
  ]);
}

function arrow(x1: number, y1: number, x2: number, y2: number, text: string): VNode {
  const head = x2 > x1 ? -GAP : GAP;
  return h('g', { class: 'arrow' }, [
    h('line', { x1, y1, x2, y2 }),
    h('path', { d: `M${x2},${y2} l${head},-4 v8 z`, transform: `rotate(${(Math.atan2(y2 - y1, Math.abs(x2 - x1)) * (x2 > x1 ? 180 : -180)) / Math.PI} ${x2} ${y2})` }),
    h('text', { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 6, 'text-anchor': 'middle' }, text),
  ]);
}
