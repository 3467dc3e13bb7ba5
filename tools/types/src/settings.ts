import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type TypeScript from 'typescript';

/** With what a program is compiled. */
export interface Setting {
  /** A version of TypeScript: '5.4'. */
  readonly typescript: string;
  /** A major of @types/node, or null for none at all. */
  readonly node: number | null;
  readonly resolution: 'node10' | 'node16' | 'nodenext' | 'bundler';
}

const VERSIONS = ['5.4', '5.5', '5.6', '5.7', '5.8', '5.9', '6.0'];
const MAJORS = [20, 22, 24, 26];
const OLDEST = { typescript: VERSIONS[0], node: MAJORS[0] };
const NEWEST = { typescript: VERSIONS.at(-1)!, node: MAJORS.at(-1)! };
/** The types of Node 22 and later are for TypeScript 5.6 and later. */
const fit = (typescript: string, node: number): boolean => node === 20 || typescript >= '5.6';

/** The newest and the oldest of both, and without the types of Node. */
const FEW: readonly Setting[] = [
  { ...NEWEST, resolution: 'nodenext' }, { ...OLDEST, resolution: 'node16' },
  { ...NEWEST, node: null, resolution: 'nodenext' }, { ...OLDEST, node: null, resolution: 'bundler' },
];
const ALL: readonly Setting[] = [
  ...VERSIONS.flatMap((typescript) => [...MAJORS.filter((node) => fit(typescript, node)), null].map((node) => ({ typescript, node, resolution: 'nodenext' }) as const)),
  ...[OLDEST, NEWEST].flatMap((end) => (['node16', 'bundler', 'node10'] as const).flatMap((resolution) => [{ ...end, resolution }, { ...end, node: null, resolution }])),
];

/** What `npm test` tries, or all. */
export const settings = process.env.NETSTRATA_QUICK === '1' ? FEW : ALL;

export const show = ({ typescript, node, resolution }: Setting): string => `TypeScript ${typescript}, ${node === null ? 'no @types/node' : `@types/node ${node}`}, ${resolution}`;

const require = createRequire(import.meta.url);
const here = fileURLToPath(import.meta.url);

export const compilerOf = ({ typescript }: Setting): typeof TypeScript => require(typescript === NEWEST.typescript ? 'typescript' : `typescript-${typescript}`) as typeof TypeScript;

export function optionsOf(ts: typeof TypeScript, { typescript, node, resolution }: Setting): TypeScript.CompilerOptions {
  const { ModuleKind: { CommonJS, Node16, NodeNext, ESNext }, ModuleResolutionKind: kinds } = ts;
  // `preserve` of 5.4 and later, by its number.
  const module = { node10: CommonJS, node16: Node16, nodenext: NodeNext, bundler: (ts.ModuleKind as { Preserve?: TypeScript.ModuleKind }).Preserve ?? ESNext }[resolution];
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- that is why it is tried
  const moduleResolution = { node10: kinds.Node10, node16: kinds.Node16, nodenext: kinds.NodeNext, bundler: kinds.Bundler }[resolution];
  return {
    strict: true, skipLibCheck: false, noEmit: true, esModuleInterop: true, module, moduleResolution,
    target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], types: node === null ? [] : ['node'],
    ...(typescript === NEWEST.typescript && resolution === 'node10' && { ignoreDeprecations: '6.0' }),
  };
}

/** Libraries that were read once, by version and file. */
const libraries = new Map<string, TypeScript.SourceFile>();

/** Reads files from the disk, libraries once, and finds the types of Node of a setting for whoever asks for them. */
export function hostOf(ts: typeof TypeScript, options: TypeScript.CompilerOptions, { node }: Setting): TypeScript.CompilerHost {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...more) => {
    if (!/\/lib\.[\w.]+\.d\.ts$/.test(file)) return read(file, ...more);
    const known = libraries.get(ts.version + file) ?? read(file, ...more);
    if (known !== undefined) libraries.set(ts.version + file, known);
    return known;
  };
  host.resolveTypeReferenceDirectiveReferences = (references, containing, redirected, given) => references.map((reference) => {
    const name = typeof reference === 'string' ? reference : reference.fileName;
    if (name !== 'node') return ts.resolveTypeReferenceDirective(name, containing, given, host, redirected);
    if (node === null) return { resolvedTypeReferenceDirective: undefined, failedLookupLocations: [] };
    return ts.resolveTypeReferenceDirective(`types-node-${node}`, here, given, host, redirected);
  });
  return host;
}
