const compact = new Intl.NumberFormat('en', { notation: 'compact', minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
const plain = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** @typedef {import('../measure/measure.mjs').Figures} Figures */

/** The main figure of a case. @param {Figures} figures */
export function main({ bytes, ms, perSecond = 0 }) {
  if (bytes !== undefined) return `${Math.round(bytes)} B each`;
  if (ms !== undefined) return `${ms.toFixed(1)} ms`;
  return `${compact.format(perSecond)}/s`;
}

/** @param {Figures} figures */
export const cpu = ({ cpuMicros }) => micros(cpuMicros);

/** @param {Figures} figures */
export const user = ({ userMicros }) => micros(userMicros);

/** @param {number | undefined} value */
const micros = (value) => (value === undefined ? '' : `${plain.format(value)} µs`);

/** @param {number} value */
export const ratio = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
