/**
 * Measures sides in turn, round by round. The first of a round is the second or later of the next, so that none always has the warmer machine. A side
 * that fails is left out of the rest.
 * @template Figures
 * @template {{ readonly name: string }} Side
 * @param {readonly Side[]} sides @param {number} count rounds
 * @param {(side: Side) => Promise<Figures>} measure @param {(round: number, side: string) => void} starting
 * @returns {Promise<Record<string, { rounds: Figures[], failed: string | null }>>} by side
 */
export async function inTurn(sides, count, measure, starting) {
  /** @type {Record<string, { rounds: Figures[], failed: string | null }>} */
  const results = Object.fromEntries(sides.map(({ name }) => [name, { rounds: [], failed: null }]));
  for (let round = 0; round < count; round++) {
    for (let i = 0; i < sides.length; i++) {
      const side = sides[(round + i) % sides.length];
      starting(round, side.name);
      const result = results[side.name];
      if (result.failed !== null) continue;
      try {
        result.rounds.push(await measure(side));
      } catch (error) {
        result.failed = /** @type {Error} */ (error).message;
      }
    }
  }
  return results;
}
