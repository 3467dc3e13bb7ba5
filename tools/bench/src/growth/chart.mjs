import { View, parse } from 'vega';
import { compile } from 'vega-lite';
import { curves } from './curves.mjs';
import { valuesOf } from './report.mjs';

/** @typedef {import('./report.mjs').Report} Report */

const SIDES = ['netstrata', 'node:net'];
const COLOURS = ['#1f6feb', '#6e7781'];
const COLUMNS = 3;

const config = {
  font: 'sans-serif',
  view: { stroke: null },
  axis: { gridColor: '#e6e6e6', labelColor: '#222', titleColor: '#222', titleFontWeight: /** @type {const} */ ('normal') },
  legend: {
    labelColor: '#222', columnPadding: 24, orient: /** @type {const} */ ('top'), title: null,
    symbolType: 'stroke', symbolSize: 300, symbolOpacity: 1,
  },
  title: { color: '#000', subtitleColor: '#444', anchor: /** @type {const} */ ('start'), offset: 14, subtitlePadding: 4 },
};

/** Where two sizes are close together, only the larger is named. @param {number[]} sizes */
function sizesAxis(sizes) {
  const values = sizes.filter((size, i) => i === sizes.length - 1 || sizes[i + 1] > 2 * size);
  return { values, format: '~s', grid: false, labelOverlap: false, labelFlush: false };
}

const POWERS = [0.1, 1, 10, 100, 1000, 10_000];

/**
 * A line for each side on each Node: the medians, and from the lowest to the highest of a round.
 * @param {Report} report @param {string} curve @param {string} figure @returns {any}
 */
function panel(report, curve, figure) {
  const { figures: { [figure]: { title, unit, log = false } }, of, sizes } = curves[curve];
  const values = valuesOf(report, curve, figure).filter(({ low }) => !log || low > 0);
  const nodes = [...new Set(Object.values(report.runs).map(({ runtime }) => runtime))];
  const across = { type: 'log', nice: false, domain: [sizes[0], sizes.at(-1)] };
  const x = { field: 'size', type: 'quantitative', title: of, scale: across, axis: sizesAxis(sizes) };
  const y = { type: 'quantitative', title: unit, scale: log ? { type: 'log' } : { zero: true }, axis: { ...(log ? { values: POWERS } : { tickCount: 5 }), format: ',.3~r' } };
  const color = { field: 'side', type: 'nominal', scale: { domain: SIDES, range: COLOURS } };
  const dashes = { domain: nodes, range: [[1, 0], [5, 4], [2, 2], [8, 3]].slice(0, nodes.length) };
  const strokeDash = { field: 'node', type: 'nominal', scale: dashes, legend: { encode: { symbols: { update: { stroke: { value: '#444' } } } } } };
  return {
    title: { text: title, fontSize: 12, fontWeight: 'normal', offset: 6 }, width: 200, height: 130, data: { values },
    layer: [
      {
        mark: { type: 'rule', opacity: 0.35, strokeWidth: 3 },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color, detail: { field: 'node' } },
      },
      { mark: { type: 'line', point: { size: 25 } }, encoding: { x, y: { ...y, field: 'value' }, color, strokeDash } },
    ],
  };
}

/** @param {Report} report @param {string} curve */
function subtitle({ runs }, curve) {
  const all = Object.values(runs).filter(({ curves: measured }) => measured[curve]);
  const nodes = all.map(({ runtime, date, rounds }) => `Node ${runtime}, ${date.slice(0, 10)}, rounds: ${rounds}`);
  const what = 'CPU time of the process, the kernel included; medians, lowest and highest of the rounds';
  return [nodes.join('; '), `${all[0].machine.cpu}; ${what}`];
}

/**
 * An SVG of a curve, with a panel for each figure and its own background.
 * @param {Report} report @param {string} curve @returns {Promise<string>}
 */
export async function chart(report, curve) {
  const { title, figures } = curves[curve];
  const specification = /** @type {import('vega-lite').TopLevelSpec} */ ({
    background: 'white', padding: 16, config, columns: COLUMNS, spacing: 28,
    title: { text: `What ${title} costs`, subtitle: subtitle(report, curve) },
    concat: Object.keys(figures).map((figure) => panel(report, curve, figure)),
  });
  const view = new View(parse(compile(specification).spec), { renderer: 'none' });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}
