/**
 * A promise of what `start` finds out. It returns what ends its waiting, which is called once: with the outcome, and before anybody hears
 * of that.
 */
export function settled(start: (resolve: () => void, reject: (error: Error) => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let stop: (() => void) | null = null;
    let isOver = false;
    const end = (): boolean => {
      if (isOver) return false;
      isOver = true;
      stop?.();
      return true;
    };
    stop = start(() => { if (end()) resolve(); }, (error) => { if (end()) reject(error); });
    // It was over while it started.
    if (isOver) stop();
  });
}
