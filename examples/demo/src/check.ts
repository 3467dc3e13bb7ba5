/** What had to hold did not. */
class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

export function check(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new CheckFailed(otherwise);
}
