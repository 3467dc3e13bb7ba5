import { folders, layerName, level, mayName, promises, rooms, sources, typesAlone } from './tools/packages/layers.mjs';

const any = (names) => `(${names.join('|')})`;
const src = (folder) => `^packages/${folder}/src/`;
/** A builtin, or the npm package of that name. */
const outside = (names) => names.map((name) => `(^|node_modules/)${name}(/|$)`);
const rule = (name, from, to, comment, severity = 'error') => ({ name, severity, comment, from, to });

/** Only what is below, and only as it may be named. */
const layers = folders.flatMap((folder) => {
  const others = folders.filter((other) => other !== folder && level(other) >= level(folder));
  const allowed = mayName(folder);
  const from = { path: src(folder) };
  return [
    ...(others.length > 0 ? [rule(`layers: ${folder}`, from, { path: `^packages/${any(others)}/` }, `these are not below ${layerName(folder)}`)] : []),
    ...(allowed ? [rule(`outside: ${folder}`, from, { path: '.', pathNot: ['^packages/', ...outside(allowed)], couldNotResolve: false }, `${folder} may use ${allowed.join(', ') || 'nothing'} from outside`)] : []),
  ];
});

/** From room to room only as tools/packages/rooms.json says; files that are in none may import from all. */
const doors = Object.entries(rooms).flatMap(([folder, ofPackage]) => {
  const inside = (name) => `${src(folder)}${name}/[^/]+$`;
  return Object.entries(ofPackage).map(([name, { imports }]) =>
    rule(`rooms: ${folder}/${name}`, { path: inside(name) }, { path: src(folder), pathNot: [name, ...imports].map(inside) }, `${name} may import ${imports.join(', ') || 'no other room'}`));
});

/** The entries of a package, which is the only way in. */
const entriesOf = (names) => Object.values(sources).filter((source) => names.some((name) => source.startsWith(`packages/${name}/`))).map((source) => `^${source}$`);

/** What an entry promises to do without, through any number of files and packages. Types count. */
const reached = promises.flatMap(({ entry, source, never, outside: allowed }) => [
  rule(`import graph: ${entry}`, { path: `^${source}$` }, { path: entriesOf(never), reachable: true }, `${entry} must not reach ${never.join(', ')}`),
  rule(`import graph: ${entry}, outside`, { path: `^${source}$` }, { path: '.', pathNot: ['^packages/', ...outside(allowed)], reachable: true }, `${entry} may reach ${allowed.join(', ')} from outside`),
]);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layers,
    ...doors,
    ...reached,
    rule('types alone', { path: `^packages/${any(['stream-core', 'net-compat'])}/src/` }, { path: `^(node:)?${any(typesAlone)}$`, dependencyTypesNot: ['type-only'] }, `of ${typesAlone.join(', ')} only types: this runs where there is none`),
    rule('resolvable', { path: '^packages/[^/]+/src/' }, { couldNotResolve: true }, 'there is no such file, package or public entry'),
    rule('public entries', { path: '^packages/([^/]+)/src/' }, { path: '^packages/', pathNot: ['^packages/$1/', ...Object.values(sources).map((source) => `^${source}$`)] }, 'no public entry of that package'),
    rule('within src', { path: '^packages/([^/]+)/src/' }, { dependencyTypes: ['local'], pathNot: '^packages/$1/src/' }, 'a relative import leads out of src'),
    rule('not itself', { path: '^packages/([^/]+)/src/' }, { path: '^packages/$1/', dependencyTypesNot: ['local'] }, 'a package imports itself by its name'),
    rule('circles', { path: '^packages/' }, { circular: true }, 'files that know each other, if only as types'),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    exoticRequireStrings: ['require.resolve'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import'] },
  },
};
