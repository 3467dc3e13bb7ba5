import { namesOf } from '../../src/names.js';
import type { Request } from '../../src/skeleton.js';

/** The request of the tests. `$&` is an instruction in a replacement text, and must not be one here. */
export const request: Request = { names: namesOf('transport-semaphore', new Set()), description: 'Flags from hill to hill, at $& a flag' };
