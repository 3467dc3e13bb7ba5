/** What must not be left behind, however the benchmark ends: processes, folders, a worktree. @type {Set<() => void>} */
export const cleanups = new Set();

process.on('exit', () => { for (const undo of cleanups) undo(); });

/** Without a listener a signal ends the process and there is no 'exit'. */
export function endOnSignals() {
  for (const [signal, code] of /** @type {const} */ ([['SIGHUP', 129], ['SIGINT', 130], ['SIGTERM', 143]])) process.on(signal, () => process.exit(code));
}
