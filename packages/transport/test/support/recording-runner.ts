import type { Runner } from '../../src/compliance/index.js';

export interface Recorded {
  readonly title: string;
  readonly body: () => Promise<void>;
}

/** A test runner that only takes the tests down. */
export function recordingRunner(): Runner & { readonly tests: Recorded[] } {
  const tests: Recorded[] = [];
  return {
    tests,
    describe: (_, body) => body(),
    it: (title, body) => tests.push({ title, body }),
  };
}

export function numberOf(title: string): string {
  return title.slice(0, title.indexOf(':'));
}
