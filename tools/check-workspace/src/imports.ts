import { readFileSync } from 'node:fs';
import ts from 'typescript';

export interface Reference {
  /** Null when it is computed at run time. */
  readonly specifier: string | null;
  readonly line: number;
  /** `lookup` is `process.getBuiltinModule`: it names a module, but a bundle does not contain it. */
  readonly kind: 'import' | 'reexport' | 'lookup';
  /** Nothing is left of it after compiling. */
  readonly typeOnly?: boolean;
}

type Found = Omit<Reference, 'line'>;

const text = (node: ts.Expression | undefined) => (node && ts.isStringLiteralLike(node) ? node.text : null);

/** `import()`, `require()`, `require.resolve()` and `process.getBuiltinModule()`. */
function fromCall(node: ts.CallExpression): Found | null {
  const { expression } = node;
  const specifier = text(node.arguments[0]);
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return { specifier, kind: 'import' };
  if (ts.isIdentifier(expression) && expression.text === 'require') return { specifier, kind: 'import' };
  if (!ts.isPropertyAccessExpression(expression)) return null;
  if (expression.name.text === 'getBuiltinModule') return { specifier, kind: 'lookup' };
  const resolves = expression.name.text === 'resolve' && ts.isIdentifier(expression.expression) && expression.expression.text === 'require';
  return resolves ? { specifier, kind: 'import' } : null;
}

/** `import type`, or an import of nothing but types. */
function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  return !name && namedBindings !== undefined && ts.isNamedImports(namedBindings) && namedBindings.elements.every((element) => element.isTypeOnly);
}

function fromNode(node: ts.Node): Found | null {
  if (ts.isImportDeclaration(node)) return { specifier: text(node.moduleSpecifier), kind: 'import', typeOnly: isTypeOnly(node) };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) return { specifier: text(node.moduleSpecifier), kind: 'reexport', typeOnly: node.isTypeOnly };
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return { specifier: text(node.moduleReference.expression), kind: 'import' };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { specifier: node.argument.literal.text, kind: 'import', typeOnly: true };
  }
  return ts.isCallExpression(node) ? fromCall(node) : null;
}

export function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** Every module that a file names, as a type too: what it says, not what is left of it after compiling. */
export function references(source: ts.SourceFile): Reference[] {
  const found: Reference[] = [];
  const visit = (node: ts.Node): void => {
    const reference = fromNode(node);
    if (reference) found.push({ ...reference, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
