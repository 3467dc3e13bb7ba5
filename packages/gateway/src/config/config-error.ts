/** What is wrong with the configuration: each problem says where it is, and what is allowed there. */
export class ConfigError extends Error {
  readonly code = 'ERR_GATEWAY_CONFIG';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** What all of them return. Throws ConfigError with the problems of all that fail, not of the first alone. */
export function attemptAll<T extends readonly (() => unknown)[]>(...attempts: T): { -readonly [K in keyof T]: ReturnType<T[K]> } {
  const problems: string[] = [];
  const results = attempts.map((attempt) => {
    try {
      return attempt();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return results as { -readonly [K in keyof T]: ReturnType<T[K]> };
}
