import { isError } from '@netstrata/stream-core';
import { limited, runsOf } from './wording.js';

/** What a test of the suite fails with: one line that begins with the number of the broken rule. */
export class ComplianceFailure extends Error {
  /** The name of the class. */
  override readonly name = 'ComplianceFailure';

  /** What was thrown, as a failure of this rule. */
  static of(thrown: unknown, rule: string): ComplianceFailure {
    if (thrown instanceof ComplianceFailure) return thrown;
    return new ComplianceFailure(`${rule}: ${limited(String(thrown))} was thrown`, { cause: thrown });
  }
}

export function ok(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ComplianceFailure(message);
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [received, wanted] = [show(actual), show(expected)];
  if (received !== wanted) throw new ComplianceFailure(`${what}: expected ${limited(wanted)}, received ${limited(received)}`);
}

/** Values here are scalars, short lists and endpoints: this tells them apart, whatever the order of the keys. */
function show(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (isError(value)) return `${value.name}(${value.message})`;
  if (Array.isArray(value)) return `[${runsOf(value.map(show))}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? typeof value;
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));
}

export function thrownBy(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  return undefined;
}
