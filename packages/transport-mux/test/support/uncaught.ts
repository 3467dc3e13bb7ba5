/** Runs `play` in a process that survives what is thrown; gives the messages of it. */
export async function surviving(play: () => Promise<void>): Promise<string[]> {
  const thrown: string[] = [];
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => thrown.push(error.message));
  try {
    await play();
  } finally {
    process.removeAllListeners('uncaughtException');
    for (const listener of before) process.on('uncaughtException', listener);
  }
  return thrown;
}
