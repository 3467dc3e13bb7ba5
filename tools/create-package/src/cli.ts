import { fileURLToPath } from 'node:url';
import { main } from './command-line.js';
import { createPackage } from './create.js';
import { nextSteps } from './next-steps.js';
import { workshop } from './workshop.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

// After an interrupt no half of a package may remain.
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

process.exitCode = await main(process.argv.slice(2), root, async (request) => {
  await createPackage(root, request, workshop(root, interrupted.signal));
  console.log(nextSteps(request.names));
});
