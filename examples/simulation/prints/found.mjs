import { exploration } from '../src/explored.mjs';

await exploration().catch((error) => console.log(error.message));
