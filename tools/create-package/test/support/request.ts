import { namesOf } from '../../src/names.js';
import type { Request } from '../../src/skeleton.js';

/** What the tests ask for. `$&` is an instruction in a replacement, and must be none here. */
export const request: Request = { names: namesOf('transport-semaphore', new Set()), description: 'Flags from hill to hill, at $& a flag' };
