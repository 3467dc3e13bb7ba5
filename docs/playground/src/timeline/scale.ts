import type { Model } from './model.js';

/** A stretch of time in which nothing happens, drawn shorter than it is. */
export interface Break {
  readonly from: number;
  readonly to: number;
}

/** Pixels for what takes the usual time from host to host. */
const FLIGHT = 40;
/** So many usual flights are the longest stretch without an event that is drawn in full. */
const QUIET = 4;
/** Pixels above the beginning. */
const TOP = 44;
const MOST = 12_000;

/** Time down the page. Owns where a moment is drawn. */
export class Scale {
  readonly breaks: readonly Break[];
  readonly height: number;
  readonly #times: readonly number[];
  readonly #places: readonly number[];

  constructor(model: Model) {
    const pixels = FLIGHT / model.usual;
    const longest = (QUIET * FLIGHT) / pixels;
    const times = momentsOf(model);
    const breaks: Break[] = [];
    const places = [TOP];
    for (let i = 1; i < times.length; i++) {
      const gap = times[i] - times[i - 1];
      if (gap > longest) breaks.push({ from: times[i - 1], to: times[i] });
      places.push(places[i - 1] + Math.min(gap, longest) * pixels);
    }
    const shrunk = Math.min(1, MOST / places.at(-1)!);
    this.#times = times;
    this.#places = places.map((place) => TOP + (place - TOP) * shrunk);
    this.breaks = breaks;
    this.height = this.#places.at(-1)! + 28;
  }

  /** Where a moment is. */
  y(at: number): number {
    return between(at, this.#times, this.#places);
  }

  /** The moment at a place. */
  at(y: number): number {
    return Math.max(0, between(y, this.#places, this.#times));
  }
}

/** Where the first is that is not below a value, of some in order. */
function firstFrom(value: number, all: readonly number[]): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function between(value: number, from: readonly number[], to: readonly number[]): number {
  const next = firstFrom(value, from);
  if (next === 0) return to[0];
  if (next === from.length) return to.at(-1)!;
  const part = (value - from[next - 1]) / (from[next] - from[next - 1]);
  return to[next - 1] + part * (to[next] - to[next - 1]);
}

/** All moments at which something is drawn, in order, each once. */
function momentsOf({ flights, marks, faults, end }: Model): number[] {
  const ends = faults.flatMap((fault) => ('for' in fault ? [fault.at, fault.at + fault.for] : [fault.at]));
  const times = [...flights.flatMap(({ sent, arrived }) => [sent, arrived ?? sent]), ...marks.map(({ at }) => at), ...ends];
  return [...new Set([0, ...times.filter((at) => at <= end), Math.max(end, 1)])].sort((one, other) => one - other);
}
