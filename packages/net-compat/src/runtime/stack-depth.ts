/** Does something while the stacks of errors are so many calls deep. Where `Error` is frozen they are as deep as ever. */
export function withStackDepth<T>(depth: number, task: () => T): T {
  const before: unknown = Reflect.get(Error, 'stackTraceLimit');
  Reflect.set(Error, 'stackTraceLimit', depth);
  try {
    return task();
  } finally {
    Reflect.set(Error, 'stackTraceLimit', before);
  }
}
