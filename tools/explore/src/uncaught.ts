type Owner = (error: unknown) => void;

let present: Owner | null = null;

/** An uncaught error while a world runs is a violation there. */
export function attend(owner: Owner): () => void {
  present = owner;
  return () => {
    if (present === owner) present = null;
  };
}

/** While `task` runs, an uncaught error or rejection does not end the process. */
export async function catchingAll<T>(task: () => Promise<T>): Promise<T> {
  const tell = (error: unknown): void => { present?.(error); };
  process.setUncaughtExceptionCaptureCallback(tell);
  process.on('unhandledRejection', tell);
  try {
    return await task();
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
    process.off('unhandledRejection', tell);
  }
}
