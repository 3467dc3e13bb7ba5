import ts from 'typescript';

/** Files as the compiler of the reference sees them: some stand there in other words. */
export type Reworded = Readonly<Record<string, (text: string) => string>>;

/** A program over files, with the options of a tsconfig. */
export function programOf(files: readonly string[], tsconfig: string, reworded: Reworded = {}): ts.Program {
  const host = ts.createCompilerHost({});
  const parsed = ts.getParsedCommandLineOfConfigFile(tsconfig, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail })!;
  const readFile = host.readFile.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, how, onError, again) => {
    const [, reword] = Object.entries(reworded).find(([end]) => name.endsWith(end)) ?? [];
    return reword === undefined ? getSourceFile(name, how, onError, again) : ts.createSourceFile(name, reword(readFile(name)!), how, true);
  };
  return ts.createProgram({ rootNames: files, options: { ...parsed.options, noEmit: true, incremental: false }, host });
}

/** What does not compile, in the compiler's words. */
export function faultsOf(program: ts.Program): string | null {
  const faults = [...program.getOptionsDiagnostics(), ...program.getSyntacticDiagnostics()];
  return faults.length === 0 ? null : ts.formatDiagnostics(faults, ts.createCompilerHost({}));
}

function fail(fault: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(fault.messageText, '\n'));
}
