type Owner = (error: unknown) => void;

const owners = new WeakMap<Error, Owner>();
const present = new Set<Owner>();

/** Programs throw in listeners: an uncaught error goes to the world that it belongs to. */
export function uncaughtGoesTo(error: Error, owner: Owner): void {
  owners.set(error, owner);
}

/** Errors without an owner are reported to all current worlds: they are bugs of a net. */
export function attend(owner: Owner): () => void {
  present.add(owner);
  return () => present.delete(owner);
}

/** While `task` runs, an uncaught error is a record of a program, and not the end of the process. */
export async function catchingAll<T>(task: () => Promise<T>): Promise<T> {
  process.setUncaughtExceptionCaptureCallback((error) => {
    const owner = owners.get(error as Error);
    if (owner !== undefined) owner(error);
    else for (const one of present) one(error);
  });
  try {
    return await task();
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
  }
}
