// In a project: every entry that is named loads by import and by require, and both give the same objects.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'project.js'));
for (const entry of process.argv.slice(2)) {
  const required = require(entry);
  const imported = await import(require.resolve(entry));
  const names = Object.keys(imported).filter((name) => !['default', 'module.exports', '__esModule'].includes(name));
  if (names.length === 0 && Object.keys(required).length === 0 && !entry.endsWith('/register')) throw new Error(`${entry} has no exports`);
  const differ = names.filter((name) => imported[name] !== required[name]);
  if (differ.length > 0) throw new Error(`${entry}: import and require give other ${differ.join(', ')}`);
}
console.log(`${process.argv.length - 2} entries`);
