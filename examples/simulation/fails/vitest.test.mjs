import { it } from 'vitest';
import { fail } from './scenario.cjs';

it('fails', fail);
