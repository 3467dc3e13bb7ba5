import test from 'node:test';
import { fail } from './scenario.cjs';

test('fails', fail);
