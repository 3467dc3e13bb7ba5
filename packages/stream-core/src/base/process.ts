/** What is used of `process`, where the runtime has one of Node's kind. No module of Node's is named for it. */
interface RuntimeProcess {
  readonly versions?: Readonly<Record<string, string | undefined>>;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly stdout?: unknown;
  readonly stderr?: unknown;
  readonly nextTick?: (task: unknown, ...args: unknown[]) => void;
  getBuiltinModule?(name: string): unknown;
  hrtime?(): readonly [seconds: number, nanoseconds: number];
}

export const runtimeProcess = (globalThis as { process?: RuntimeProcess }).process;

/** A variable of the environment, where the runtime has one and lets it be read. */
export function environment(name: string): unknown {
  try {
    const env = runtimeProcess?.env;
    return env !== undefined && Object.hasOwn(env, name) ? env[name] : undefined;
  } catch {
    // Deno, without the permission to look.
    return undefined;
  }
}
