const compact = new Intl.NumberFormat('en', { notation: 'compact', minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
const plain = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** @typedef {import('../measure/measure.mjs').Figures} Figures */

/** The figure that a case is about. @param {Figures} figures */
export function main({ bytes, ms, perSecond = 0 }) {
  if (bytes !== undefined) return `${Math.round(bytes)} B each`;
  if (ms !== undefined) return `${ms.toFixed(1)} ms`;
  return `${compact.format(perSecond)}/s`;
}

/** @param {Figures} figures */
export const cpu = ({ cpuMicros }) => (cpuMicros === undefined ? '' : `${plain.format(cpuMicros)} µs`);

/** @param {number} value */
export const ratio = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
