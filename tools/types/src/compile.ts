import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type TypeScript from 'typescript';
import type { Program } from './programs.js';

/** What stands in the place of 'net'. */
export const SUBJECTS = { builtin: 'node:net', ours: '@netstrata/net-compat' } as const;
export type Subject = keyof typeof SUBJECTS;

export interface Setting {
  /** A version of TypeScript: '5.4'. */
  readonly typescript: string;
  /** A major of @types/node, or null for none at all. */
  readonly node: number | null;
  readonly resolution: 'node10' | 'node16' | 'nodenext' | 'bundler';
}

/** Of a program: line and text of every error. */
type Errors = readonly { readonly line: number; readonly text: string }[];

export interface Compiled {
  /** By subject and the name of the program. */
  readonly errors: ReadonlyMap<string, Errors>;
  /** In the declarations of the packages, which are checked as with `skipLibCheck: false`. */
  readonly inDeclarations: readonly string[];
}

const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL('..', import.meta.url));
const packages = fileURLToPath(new URL('../../../packages/', import.meta.url));
export const keyOf = (subject: Subject, { name }: Program): string => `${subject} ${name}`;

/** Compiles many programs as one, each for both subjects. */
export function compile(programs: readonly Program[], subjects: readonly Subject[], setting: Setting): Compiled {
  const ts = require(setting.typescript === '6.0' ? 'typescript' : `typescript-${setting.typescript}`) as typeof TypeScript;
  const options = optionsOf(ts, setting);
  const files = new Map<string, { readonly key: string; readonly text: string }>();
  for (const subject of subjects) {
    for (const program of programs) {
      const text = program.text.replace(/(['"])net\1/g, `'${SUBJECTS[subject]}'`);
      files.set(`${program.path}.${subject}.${endingOf(program, setting)}`, { key: keyOf(subject, program), text });
    }
  }
  const compiled = ts.createProgram([...files.keys()], options, hostOf(ts, options, files, setting.node));
  const problems = (source: TypeScript.SourceFile): readonly TypeScript.Diagnostic[] => [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)];
  const text = ({ messageText, file }: TypeScript.Diagnostic): string => `${file?.fileName.slice(packages.length) ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  const errors = new Map<string, Errors>();
  for (const [name, { key }] of files) {
    const source = compiled.getSourceFile(name)!;
    errors.set(key, problems(source).map((found) => ({
      line: source.getLineAndCharacterOfPosition(found.start ?? 0).line + 1,
      text: ts.flattenDiagnosticMessageText(found.messageText, '\n'),
    })));
  }
  const declarations = compiled.getSourceFiles().filter(({ fileName }) => fileName.startsWith(packages));
  return { errors, inDeclarations: [...compiled.getOptionsDiagnostics(), ...declarations.flatMap(problems)].map(text) };
}

function endingOf({ isCommonJs }: Program, { resolution }: Setting): string {
  if (resolution === 'bundler' || resolution === 'node10') return 'ts';
  return isCommonJs ? 'cts' : 'mts';
}

function optionsOf(ts: typeof TypeScript, { typescript, node, resolution }: Setting): TypeScript.CompilerOptions {
  const { ModuleKind: { CommonJS, Node16, NodeNext, ESNext }, ModuleResolutionKind: kinds } = ts;
  // `preserve` of 5.4 and later, by its number.
  const module = { node10: CommonJS, node16: Node16, nodenext: NodeNext, bundler: (ts.ModuleKind as { Preserve?: TypeScript.ModuleKind }).Preserve ?? ESNext }[resolution];
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- that is why it is tried
  const moduleResolution = { node10: kinds.Node10, node16: kinds.Node16, nodenext: kinds.NodeNext, bundler: kinds.Bundler }[resolution];
  return {
    strict: true, noEmit: true, esModuleInterop: true, module, moduleResolution,
    target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], types: node === null ? [] : ['node'],
    ...(typescript === '6.0' && resolution === 'node10' && { ignoreDeprecations: '6.0' }),
  };
}

/** Libraries that were read once, by version and file. */
const libraries = new Map<string, TypeScript.SourceFile>();

function hostOf(ts: typeof TypeScript, options: TypeScript.CompilerOptions, files: ReadonlyMap<string, { readonly text: string }>, node: number | null): TypeScript.CompilerHost {
  const host = ts.createCompilerHost(options);
  const read = { ...host };
  host.fileExists = (file) => files.has(file) || read.fileExists(file);
  host.readFile = (file) => files.get(file)?.text ?? read.readFile(file);
  host.getCurrentDirectory = () => folder;
  host.getSourceFile = (file, version, ...more) => {
    const made = files.get(file);
    if (made !== undefined) return ts.createSourceFile(file, made.text, version, true);
    if (!/\/lib\.[\w.]+\.d\.ts$/.test(file)) return read.getSourceFile(file, version, ...more);
    const known = libraries.get(ts.version + file) ?? read.getSourceFile(file, version, ...more);
    if (known !== undefined) libraries.set(ts.version + file, known);
    return known;
  };
  // The types of Node of this setting, for whoever asks for them.
  host.resolveTypeReferenceDirectiveReferences = (references, containing, redirected, given) => references.map((reference) => {
    const name = typeof reference === 'string' ? reference : reference.fileName;
    if (name !== 'node') return ts.resolveTypeReferenceDirective(name, containing, given, host, redirected);
    if (node === null) return { resolvedTypeReferenceDirective: undefined, failedLookupLocations: [] };
    return ts.resolveTypeReferenceDirective(`types-node-${node}`, `${folder}index.ts`, given, host, redirected);
  });
  return host;
}
