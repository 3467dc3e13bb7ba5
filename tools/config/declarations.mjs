// `tsc -b` has written the declarations for `import`. This writes the same for `require` beside them, where every file is called .d.cts. No line moves, so one
// map leads both to the sources.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The export name that only `require` uses at run time. TypeScript would take it for the module itself, which would then have no types. */
const AS_REQUIRED = /, \w+ as ['"]module\.exports['"]/;
const MAP = /(\/\/# sourceMappingURL=.*)\.d\.ts\.map/;
const RELATIVE = /(?<quote>['"])(?<path>\.\.?\/[^'"]*)\.js\k<quote>/g;

for (const area of ['packages', 'examples']) {
  for (const member of readdirSync(join(root, area))) {
    const dist = join(root, area, member, 'dist');
    const files = existsSync(dist) ? readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts')) : [];
    for (const name of files) {
      const file = join(dist, name);
      if (!existsSync(join(root, area, member, 'src', name.replace(/\.d\.ts$/, '.ts')))) {
        // Its source is gone.
        for (const old of [file, file.replace(/ts$/, 'cts')]) for (const each of [old, `${old}.map`]) rmSync(each, { force: true });
        continue;
      }
      const text = readFileSync(file, 'utf8').replace(AS_REQUIRED, '');
      const asCommonJs = file.replace(/ts$/, 'cts');
      writeFileSync(file, text);
      writeFileSync(asCommonJs, text.replace(RELATIVE, '$<quote>$<path>.cjs$<quote>').replace(MAP, '$1.d.cts.map'));
      writeFileSync(`${asCommonJs}.map`, JSON.stringify({ ...JSON.parse(readFileSync(`${file}.map`, 'utf8')), file: basename(asCommonJs) }));
    }
  }
}
