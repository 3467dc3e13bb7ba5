import fc from 'fast-check';

/** How often the properties that take their time are tried. */
export const runs = Number(process.env['FC_RUNS'] ?? 150);

// The gate must give the same answer twice; FC_SEED=random, or a number, looks further.
const seed = process.env['FC_SEED'] ?? '20240817';
if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
