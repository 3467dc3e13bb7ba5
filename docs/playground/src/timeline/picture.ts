import type { Fault } from '@netstrata/simulation';
import type { Flight, Mark, Model } from './model.js';
import { Scale } from './scale.js';
import { draw, timeText, titled } from './svg.js';

/** A line that a packet moves along. */
interface Leg {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly kind: string;
}

export interface Picture {
  readonly parts: SVGElement[];
  readonly legs: readonly Leg[];
  readonly scale: Scale;
  readonly laneX: (host: string) => number;
}

/** Pixels for the axis, and beside the outer lanes for words. */
const AXIS = 66;
/** More is in the table alone. */
const MOST = 1500;

/** Pixels between two lanes, at most: lines that are too flat say little of time. */
const APART = 300;

/** Where a lane is: the outer ones leave room for words. */
function laneOf(hosts: readonly string[], width: number): (host: string) => number {
  const room = width - AXIS;
  const side = Math.max(84, Math.min(room * 0.16, 90), (room - APART * (hosts.length - 1)) / 2);
  const [left, right] = [AXIS + side, width - side];
  return (host) => (hosts.length === 1 ? (left + right) / 2 : left + (hosts.indexOf(host) / (hosts.length - 1)) * (right - left));
}

/** A run as a picture: a lane down the page for each host, a slanted line for what went from one to the other. */
export function pictureOf(model: Model, width: number): Picture {
  const scale = new Scale(model);
  const x = laneOf(model.hosts, width);
  const legs: Leg[] = [];
  const taken: Taken = [];
  const parts = [
    ...lanes(model, scale, x),
    ...axis(scale, width),
    ...model.faults.filter(({ at }) => at <= model.end).flatMap((fault) => band(fault, model, scale, x)),
    ...downs(model, scale, x),
    ...model.flights.slice(0, MOST).flatMap((flight) => line(flight, model, scale, x, legs, taken)),
    ...words(model.marks.slice(0, MOST), model.hosts, scale, x),
  ];
  return { parts, legs, scale, laneX: x };
}

function lanes({ hosts }: Model, { height }: Scale, x: (host: string) => number): SVGElement[] {
  return hosts.map((host) => draw('line', { class: 'lane', x1: x(host), x2: x(host), y1: 36, y2: height - 12 }));
}

function axis(scale: Scale, width: number): SVGElement[] {
  const parts: SVGElement[] = [];
  for (let y = scale.y(0); y < scale.height - 20; y += 60) {
    const isBroken = scale.breaks.some(({ from, to }) => y > scale.y(from) + 8 && y < scale.y(to) - 8);
    if (!isBroken) parts.push(draw('text', { class: 'tick', x: AXIS - 10, y: y + 4 }, timeText(Math.round(scale.at(y)))), draw('line', { class: 'grid', x1: AXIS, x2: width, y1: y, y2: y }));
  }
  for (const { from, to } of scale.breaks) {
    const y = (scale.y(from) + scale.y(to)) / 2;
    parts.push(draw('path', { class: 'break', d: `M ${AXIS} ${y} ${zigzag(width - AXIS)}` }), draw('text', { class: 'tick', x: AXIS - 10, y: y + 4 }, `+${timeText(Math.round(to - from))}`));
  }
  return parts;
}

const zigzag = (width: number): string => Array.from({ length: Math.floor(width / 12) }, (_, i) => `l 12 ${i % 2 === 0 ? -4 : 4}`).join(' ');

/** What was made to go wrong: on a lane, or between two. */
function band(fault: Fault, { hosts, end }: Model, scale: Scale, x: (host: string) => number): SVGElement[] {
  const [from, to] = 'host' in fault ? [fault.host, fault.host] : [fault.from, fault.to];
  const isKnown = typeof from === 'string' && typeof to === 'string' && hosts.includes(from) && hosts.includes(to);
  if (!isKnown) return [];
  const until = 'for' in fault ? Math.min(fault.at + fault.for, end) : fault.at;
  const [left, right] = from === to ? [x(from) - 9, x(from) + 9] : [Math.min(x(from), x(to)), Math.max(x(from), x(to))];
  const [top, bottom] = [scale.y(fault.at), Math.max(scale.y(until), scale.y(fault.at) + 4)];
  const rect = draw('rect', { class: `fault ${from === to ? 'on-host' : 'on-link'}`, x: left, width: right - left, y: top, height: bottom - top, rx: 3 });
  const label = from === to ? [] : [draw('text', { class: 'fault-name', x: (left + right) / 2, y: bottom - top > 24 ? bottom - 6 : top - 4 }, fault.kind)];
  return [titled(rect, `${timeText(fault.at)}: ${fault.kind}${'for' in fault ? ` for ${timeText(fault.for)}` : ''}`), ...label];
}

/** While a host is down its lane is interrupted. */
function downs({ marks, end }: Model, scale: Scale, x: (host: string) => number): SVGElement[] {
  return marks.filter(({ kind }) => kind === 'down').map(({ host, at }) => {
    const until = marks.find((mark) => mark.kind === 'up' && mark.host === host && mark.at > at)?.at ?? end;
    return draw('line', { class: 'down', x1: x(host), x2: x(host), y1: scale.y(at), y2: scale.y(until) });
  });
}

/** Where words stand already. */
type Taken = { readonly x: number; readonly y: number }[];

/** How far along a line its words may stand. */
const PARTS = [0.5, 0.3, 0.7];

/** What is written at a line, where nothing else stands. */
function said(text: string, kind: string, leg: Leg, taken: Taken): SVGElement[] {
  for (const part of PARTS) {
    const [x, y] = [leg.x1 + (leg.x2 - leg.x1) * part, leg.y1 + (leg.y2 - leg.y1) * part - 3];
    if (taken.some((other) => Math.abs(other.x - x) < 70 && Math.abs(other.y - y) < 12)) continue;
    taken.push({ x, y });
    return [draw('text', { class: `said ${kind}`, x, y }, text)];
  }
  return [];
}

function line(flight: Flight, { usual, end }: Model, scale: Scale, x: (host: string) => number, legs: Leg[], taken: Taken): SVGElement[] {
  const { kind, from, to, sent, arrived, isLate, label, text } = flight;
  const [x1, x2, y1] = [x(from), x(to), scale.y(sent)];
  const stub = isLate ? lost(flight, x1, y1, x2, taken) : [];
  if (arrived === null) return isLate ? stub : [titled(draw('line', { class: `flight ${kind}`, x1, y1, x2: x1 + ((end - sent) / usual) * (x2 - x1), y2: scale.y(end) }), `${timeText(sent)}: ${text}; on its way`)];
  const leg = { x1, y1: isLate ? scale.y(arrived - usual) : y1, x2, y2: scale.y(arrived), kind };
  legs.push(leg);
  const told = titled(draw('line', { ...leg, class: `flight ${kind}` }), `${timeText(sent)}: ${text}; there at ${timeText(arrived)}${isLate ? ', late: lost and sent again, or held up' : ''}`);
  return [...stub, told, ...(label === '' ? [] : said(label, kind, leg, taken))];
}

/** It goes out, and does not get there in time. */
function lost({ kind, label, text, sent, arrived }: Flight, x1: number, y1: number, to: number, taken: Taken): SVGElement[] {
  const [x2, y2] = [x1 + (to - x1) * 0.45, y1 + 18];
  const words = kind === 'dial' ? 'no answer' : arrived === null ? `${label}: lost` : `${label}: late`;
  return [
    titled(draw('line', { class: `flight lost ${kind}`, x1, y1, x2, y2 }), `${timeText(sent)}: ${text}; ${words}`),
    draw('path', { class: 'cross', d: `M ${x2 - 4} ${y2 - 4} l 8 8 m 0 -8 l -8 8` }),
    ...said(words, 'lost', { x1: x2, x2, y1: y2 + 18, y2: y2 + 18, kind }, taken),
  ];
}

/** Points on lanes, and words beside the outer ones where there is room. */
function words(marks: readonly Mark[], hosts: readonly string[], scale: Scale, x: (host: string) => number): SVGElement[] {
  const last = new Map<string, number>();
  return marks.flatMap(({ kind, at, host, label }) => {
    if (!hosts.includes(host)) return [];
    const y = scale.y(at);
    const point = titled(draw('circle', { class: `mark ${kind}`, cx: x(host), cy: y, r: 5 }), `${timeText(at)}: ${host} ${label}`);
    if (y - (last.get(host) ?? -20) < 13) return [point];
    last.set(host, y);
    const isLast = hosts.indexOf(host) === hosts.length - 1 && hosts.length > 1;
    const short = label.length > 14 ? `${label.slice(0, 13)}…` : label;
    return [point, draw('text', { class: `note ${kind} ${isLast ? 'right' : 'left'}`, x: x(host) + (isLast ? 10 : -10), y: y + 4 }, short)];
  });
}
