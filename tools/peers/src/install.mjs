import { installPrograms } from './programs.mjs';

for (const reason of await installPrograms()) console.log(`not available: ${reason}`);
