import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../pages.js';

export type Language = 'js' | 'ts';

/** A name in a block, from one offset to another, with its type and the beginning of what its comment says. */
export interface Hover {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly docs: string;
}

/**
 * What is wrong in JavaScript as well: names, modules and exports that there are not, misspelt properties and options, arguments too many.
 * What else the compiler asks for, such as a check for null, a program in JavaScript does without; the gate runs it.
 */
const FATAL_IN_JS: ReadonlySet<number> = new Set([2304, 2305, 2307, 2353, 2551, 2552, 2554, 2561, 2614, 2724]);
/** Syntax, in any language. */
const LAST_OF_SYNTAX = 1999;

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  strict: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
};

/** In it every package of the workspace can be imported. */
const FOLDER = join(root, 'examples/readme');

/** Blocks as files of one program: all that are known are added before the first is asked for, since each addition makes a new program. */
export class Blocks {
  readonly #files = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #service = ts.createLanguageService(this.#host(), ts.createDocumentRegistry());

  #host(): ts.LanguageServiceHost {
    const read = (file: string): string | undefined => this.#files.get(file) ?? ts.sys.readFile(file);
    return {
      getCompilationSettings: () => OPTIONS,
      getProjectVersion: () => String(this.#files.size),
      getScriptFileNames: () => [...this.#files.keys()],
      getScriptVersion: () => '1',
      getScriptSnapshot: (file) => {
        const text = read(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => FOLDER,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      readFile: read,
      fileExists: (file) => this.#files.has(file) || ts.sys.fileExists(file),
      directoryExists: (folder) => ts.sys.directoryExists(folder),
      getDirectories: (folder) => ts.sys.getDirectories(folder),
      realpath: (path) => ts.sys.realpath?.(path) ?? path,
    };
  }

  add(code: string, language: Language): string {
    const key = `${language}\0${code}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const file = join(FOLDER, `block-${this.#names.size}.${language}`);
    this.#names.set(key, file);
    this.#files.set(file, code);
    return file;
  }

  /** The names of a block with their types. Throws where it does not compile. */
  hovers(code: string, language: Language): Hover[] {
    const file = this.add(code, language);
    const source = this.#service.getProgram()!.getSourceFile(file)!;
    const faults = [...this.#service.getSyntacticDiagnostics(file), ...this.#service.getSemanticDiagnostics(file)]
      .filter((fault) => fault.category === ts.DiagnosticCategory.Error)
      .filter((fault) => language === 'ts' || FATAL_IN_JS.has(fault.code) || fault.code <= LAST_OF_SYNTAX);
    if (faults.length > 0) throw new Error(faults.map((fault) => inWords(fault, source)).join('\n'));
    return identifiersOf(source).flatMap((name) => this.#hoverOf(name, source));
  }

  #hoverOf(name: ts.Identifier | ts.PrivateIdentifier, source: ts.SourceFile): Hover[] {
    const start = name.getStart(source);
    const info = this.#service.getQuickInfoAtPosition(source.fileName, start);
    if (info?.displayParts === undefined) return [];
    const docs = ts.displayPartsToString(info.documentation).split('\n\n')[0].replaceAll(/\{@link (\w+)\}/g, '$1').replaceAll('\n', ' ');
    return [{ start, end: name.getEnd(), type: ts.displayPartsToString(info.displayParts), docs }];
  }
}

function inWords({ start = 0, messageText, code }: ts.Diagnostic, source: ts.SourceFile): string {
  return `line ${source.getLineAndCharacterOfPosition(start).line + 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')} (${code})`;
}

function identifiersOf(source: ts.SourceFile): (ts.Identifier | ts.PrivateIdentifier)[] {
  const found: (ts.Identifier | ts.PrivateIdentifier)[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) found.push(node);
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}
