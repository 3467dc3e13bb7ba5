import { SingleBar } from 'cli-progress';
import pc from 'picocolors';

/** Shows on stderr what is being measured: a bar on a terminal, otherwise a line each. @param {number} total */
export function progress(total) {
  if (!process.stderr.isTTY) {
    let count = 0;
    return { step: (/** @type {string} */ what) => void process.stderr.write(pc.dim(`${++count}/${total} ${what}\n`)), stop() {} };
  }
  const bar = new SingleBar({ format: '{bar} {value}/{total}, {eta_formatted} to go: {what}', clearOnComplete: true, hideCursor: true, etaBuffer: 30 });
  bar.start(total, 0, { what: '' });
  let count = 0;
  // The current step is not done yet.
  return { step: (/** @type {string} */ what) => bar.update(count++, { what }), stop: () => bar.stop() };
}
