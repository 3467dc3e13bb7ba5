import { View, parse } from 'vega';
import { compile } from 'vega-lite';
import * as format from './format.mjs';

/** @typedef {import('./report.mjs').Report} Report */

const colours = { netstrata: '#1f6feb', Bun: '#d9822b', Deno: '#6e7781' };

/** Where bars are cut, so that one of forty does not flatten all others. */
const CUT = 4;

/** @param {Report} report */
function rows({ cases }) {
  return cases.flatMap(({ title, kind, sides }) =>
    Object.entries(sides).flatMap(([implementation, { ratio }]) => {
      if (!ratio || kind === 'start') return [];
      const label = format.ratio(ratio.value);
      return [{ title, implementation, bar: Math.min(ratio.value, CUT), label: ratio.value > CUT ? `${label} →` : label }];
    }),
  );
}

const config = {
  font: 'sans-serif',
  view: { stroke: null },
  axis: { gridColor: '#e6e6e6', labelColor: '#222', titleColor: '#222', titleFontWeight: /** @type {const} */ ('normal') },
  legend: { labelColor: '#222', columnPadding: 24 },
  title: { color: '#000', subtitleColor: '#444', anchor: /** @type {const} */ ('start'), offset: 14, subtitlePadding: 4 },
};

/** Bars, the line of node:net, and the value of each bar, readable over that line. @param {ReturnType<typeof rows>} values @returns {any[]} */
function layers(values) {
  const names = Object.keys(colours).filter((name) => values.some(({ implementation }) => implementation === name));
  const range = names.map((name) => colours[/** @type {keyof typeof colours} */ (name)]);
  const limit = Math.max(1.5, ...values.map(({ bar }) => bar));
  const y = { field: 'title', type: 'nominal', sort: null, title: null, axis: { labelLimit: 400, ticks: false, domain: false, labelPadding: 8 } };
  const yOffset = { field: 'implementation', sort: names };
  const x = { field: 'bar', type: 'quantitative', scale: { domain: [0, limit], nice: false }, axis: { tickCount: 8 }, title: `times node:net; above 1 is better; bars are cut at ${CUT}` };
  const color = { field: 'implementation', type: 'nominal', scale: { domain: names, range }, legend: { title: null, orient: 'top' } };
  const label = (/** @type {object} */ look) => ({ mark: { type: 'text', align: 'left', dx: 4, fontSize: 10, ...look }, encoding: { y, yOffset, x, text: { field: 'label' } } });
  return [
    { mark: 'bar', encoding: { y, yOffset, x, color } },
    { mark: { type: 'rule', color: '#000', strokeWidth: 1.5 }, encoding: { x: { datum: 1 } } },
    label({ color: 'white', stroke: 'white', strokeWidth: 2.5 }),
    label({ color: '#222' }),
  ];
}

/** @param {Report} report @returns {import('vega-lite').TopLevelSpec} */
function specification(report) {
  const values = rows(report);
  const crowd = new Set(values.map(({ implementation }) => implementation)).size;
  const title = { text: 'netstrata against node:net', subtitle: subtitle(report) };
  return { background: 'white', padding: 16, width: 480, height: { step: crowd > 1 ? 14 : 20 }, title, data: { values }, config, layer: layers(values) };
}

/** @param {Report} report */
function subtitle({ date, program, runtime, machine, settings, implementations }) {
  const others = Object.entries(implementations).filter(([name]) => name in colours && name !== 'netstrata').map(([name, version]) => `${name} ${version}`);
  return [
    [`${program} ${runtime}`, ...others, settings.medium === 'tcp' ? 'TCP' : 'UNIX sockets'].join(', '),
    `${date.slice(0, 10)}, ${machine.cpu}, medians of rounds: ${settings.rounds}`,
    'CPU time of the server for one operation, the kernel included; of "memory", bytes',
  ];
}

/** An SVG with its own background. @param {Report} report @returns {Promise<string>} */
export async function chart(report) {
  const view = new View(parse(compile(specification(report)).spec), { renderer: 'none' });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}
