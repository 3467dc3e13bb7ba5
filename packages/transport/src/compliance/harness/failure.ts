import { isError } from '@netstrata/stream-core';
/** What a test of the suite fails with; the message begins with the number of the broken rule where one is known. */
export class ComplianceFailure extends Error {
  override readonly name = 'ComplianceFailure';
}

export function ok(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ComplianceFailure(message);
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [show(actual), show(expected)];
  if (got !== wanted) throw new ComplianceFailure(`${what}: expected ${wanted}, got ${got}`);
}

/** Values here are scalars, short lists and endpoints: their JSON tells them apart, whatever the order of the keys. */
function show(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (isError(value)) return `${value.name}(${value.message})`;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value) ?? typeof value;
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
