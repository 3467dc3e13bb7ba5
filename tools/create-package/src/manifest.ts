import { readFileSync } from 'node:fs';
import { addressOf, given, manifestOf as manifestIn } from '../../release/src/metadata/address.js';
import { text, type Files, type Request } from './skeleton.js';

type Fields = Record<string, unknown>;

/** template.json, with which tools/packages compares every manifest. */
function readTemplate(): Fields {
  return JSON.parse(readFileSync(new URL('../template.json', import.meta.url), 'utf8')) as Fields;
}

/** What the skeleton imports. */
const DEPENDENCIES = { '@netstrata/stream-core': 'workspace:^', '@netstrata/transport': 'workspace:^' };

/** The values of the placeholders of the template. A field that becomes undefined is left out. */
function values({ names, description }: Request): Fields {
  return {
    '<version>': '0.0.0',
    '<text>': description,
    '<words>': ['netstrata', 'transport', names.short.replaceAll('-', ' ')],
    '<side effects>': false,
    '<dependencies>': DEPENDENCIES,
    '<peers>': undefined,
    '<programs>': undefined,
    '<types of entries>': undefined,
  };
}

/** One entry, `index`; the rest as the template has it. */
function exportsOf({ '<entry>': conditions, ...rest }: Fields): Fields {
  const index = JSON.parse(JSON.stringify(conditions).replaceAll('<stem>', 'index')) as Fields;
  return { '.': index, ...rest };
}

function fill(field: string, value: unknown, request: Request): unknown {
  if (field === 'name') return String(value).replace('<folder>', request.names.folder);
  if (value === '<address>') return addressOf(`packages/${request.names.folder}`, given(manifestIn('.')))[field];
  if (field === 'exports') return exportsOf(value as Fields);
  if (typeof value !== 'string' || !value.startsWith('<')) return value;
  const known = values(request);
  if (!(value in known)) throw new Error(`template.json: nobody knows what to put for ${value} in ${field}`);
  return known[value];
}

/** The package.json of a new package, in the template's order. */
export function manifestOf(request: Request, template: Fields = readTemplate()): string {
  const fields = Object.entries(template).map(([field, value]) => [field, fill(field, value, request)]);
  return text(Object.fromEntries(fields));
}

/** The TypeScript configurations of a new package: for its sources, which references its dependencies, and for its tests. */
export function tsconfigsOf(): Files {
  const references = Object.keys(DEPENDENCIES).map((name) => ({ path: `../${name.split('/')[1]}/tsconfig.build.json` }));
  return {
    'tsconfig.build.json': text({ extends: '@netstrata/config/tsconfig.library.json', references }),
    'tsconfig.json': text({ extends: '@netstrata/config/tsconfig.json', include: ['test'], references: [{ path: './tsconfig.build.json' }] }),
  };
}
