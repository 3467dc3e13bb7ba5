import { fileURLToPath } from 'node:url';
import type TypeScript from 'typescript';
import type { Program } from './programs.js';
import { compilerOf, hostOf, optionsOf, type Setting } from './settings.js';

/** What stands in the place of 'net'. */
export const SUBJECTS = { builtin: 'node:net', ours: '@netstrata/net-compat' } as const;
export type Subject = keyof typeof SUBJECTS;

/** Of a program: line and text of every error. */
type Errors = readonly { readonly line: number; readonly text: string }[];

export interface Compiled {
  /** By subject and the name of the program. */
  readonly errors: ReadonlyMap<string, Errors>;
  /** In the declarations of the packages, which are checked as with `skipLibCheck: false`. */
  readonly inDeclarations: readonly string[];
}

const folder = fileURLToPath(new URL('..', import.meta.url));
const packages = fileURLToPath(new URL('../../../packages/', import.meta.url));
export const keyOf = (subject: Subject, { name }: Program): string => `${subject} ${name}`;

/** Compiles many programs as one, each for both subjects. */
export function compile(programs: readonly Program[], subjects: readonly Subject[], setting: Setting): Compiled {
  const ts = compilerOf(setting);
  const options = optionsOf(ts, setting);
  const files = new Map<string, { readonly key: string; readonly text: string }>();
  for (const subject of subjects) {
    for (const program of programs) {
      const text = program.text.replace(/(['"])net\1/g, `'${SUBJECTS[subject]}'`);
      files.set(`${program.path}.${subject}.${endingOf(program, setting)}`, { key: keyOf(subject, program), text });
    }
  }
  const compiled = ts.createProgram([...files.keys()], options, withFiles(ts, hostOf(ts, options, setting), files));
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

/** Programs that are on no disk. */
function withFiles(ts: typeof TypeScript, host: TypeScript.CompilerHost, files: ReadonlyMap<string, { readonly text: string }>): TypeScript.CompilerHost {
  const read = { ...host };
  host.fileExists = (file) => files.has(file) || read.fileExists(file);
  host.readFile = (file) => files.get(file)?.text ?? read.readFile(file);
  host.getCurrentDirectory = () => folder;
  host.getSourceFile = (file, version, ...more) => {
    const made = files.get(file);
    return made === undefined ? read.getSourceFile(file, version, ...more) : ts.createSourceFile(file, made.text, version, true);
  };
  return host;
}
