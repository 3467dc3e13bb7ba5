import { basename, relative } from 'node:path';
import ts from 'typescript';
import { parse } from './imports.js';
import { entries, entrySource, sourceFiles, type Check, type Workspace } from './workspace.js';

/** The names a file imports. */
function importedNames(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const { name, namedBindings } = statement.importClause ?? {};
    if (name) names.add(name.text);
    if (namedBindings && ts.isNamespaceImport(namedBindings)) names.add(namedBindings.name.text);
    if (namedBindings && ts.isNamedImports(namedBindings)) for (const element of namedBindings.elements) names.add(element.name.text);
  }
  return names;
}

/** `export ... from`, or `export { x }` of an x that was imported. */
function isReexport(statement: ts.Statement, imported: Set<string>): boolean {
  if (!ts.isExportDeclaration(statement)) return false;
  if (statement.moduleSpecifier) return true;
  const clause = statement.exportClause;
  return clause !== undefined && ts.isNamedExports(clause) && clause.elements.some(({ name, propertyName }) => imported.has((propertyName ?? name).text));
}

/** What may stand in an index: imports, re-exports, and a default made of imported things. */
const belongsInIndex = (statement: ts.Statement) =>
  ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) || ts.isExportAssignment(statement);

/** An index only re-exports, and only an index or the source of a public entry does. */
export function reexportChecks({ root, packages }: Workspace): Check[] {
  return packages.map((one) => ({
    name: `re-exports: ${one.folder}`,
    run() {
      const public_ = new Set(entries(one).map((entry) => entrySource(one, entry)));
      return sourceFiles(one).flatMap((file) => {
        const source = parse(file);
        const imported = importedNames(source);
        const isIndex = basename(file) === 'index.ts';
        const wrong = source.statements.filter((statement) => (isIndex ? !belongsInIndex(statement) : !public_.has(file) && isReexport(statement, imported)));
        return wrong.map((statement) => {
          const line = source.getLineAndCharacterOfPosition(statement.getStart(source)).line + 1;
          return `${relative(root, file)}:${line} ${isIndex ? 'an index only re-exports' : 're-exports, and is neither an index nor a public entry'}`;
        });
      });
    },
  }));
}
