import { join } from 'node:path';
import { root } from '../pages.js';
import { convert, isComplete, write } from './convert.js';
import { entriesOf } from './entries.js';

/** `check` writes nothing. */
const [command = 'write'] = process.argv.slice(2);
const packages = join(root, 'packages');
const converted = await convert(entriesOf(packages), join(root, 'tools/config/tsconfig.json'));
if (!isComplete(converted)) process.exitCode = 1;
else if (command === 'write') await write(converted, join(root, 'docs/reference'));
