import { createRequire } from 'node:module';
import { contexts } from '../../src/client/contexts.mjs';
import { loading } from '../../src/client/loaded.mjs';

const require = createRequire(import.meta.url);
await contexts(await loading(() => require('cls-hooked')));
