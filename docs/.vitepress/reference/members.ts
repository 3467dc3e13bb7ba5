import { Converter, DeclarationReflection, ReflectionKind, type Application, type ProjectReflection, type Reflection, type SignatureReflection } from 'typedoc';

/** What a subclass of a stream may give, under the names of Node's streams. */
const OF_SUBCLASSES = new Set(['_read', '_write', '_writev', '_final', '_destroy', '_construct']);

/** All declarations of some kinds, of which each is a bit. */
export function declarationsOf(project: ProjectReflection, kinds: number): DeclarationReflection[] {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- several at once, as TypeDoc itself adds them up
  const found: readonly Reflection[] = project.getReflectionsByKind(kinds);
  return found.filter((one): one is DeclarationReflection => one instanceof DeclarationReflection);
}

/** A member with an underscore, or with a symbol that is no well-known one, is for the inside. */
function isInside({ name }: DeclarationReflection): boolean {
  return /^(?:_|\[(?!iterator\]|asyncIterator\]|dispose\]|asyncDispose\]))/.test(name) && !OF_SUBCLASSES.has(name);
}

/** The form that is described, for the other overloads, and for what sets a property that can be read. */
function share({ signatures = [], setSignature, getSignature }: DeclarationReflection): void {
  for (const other of signatures.slice(1)) adopt(other, signatures[0]);
  if (setSignature !== undefined && getSignature !== undefined) adopt(setSignature, getSignature);
}

function adopt(to: SignatureReflection, from: SignatureReflection): void {
  if (!to.hasComment() && from.comment !== undefined) to.comment = from.comment.clone();
}

/** Puts comments where the compiler does not, and takes out what is for the inside alone. */
function completeComments(project: ProjectReflection): void {
  for (const one of declarationsOf(project, ReflectionKind.ClassMember | ReflectionKind.FunctionOrMethod)) {
    if (isInside(one)) project.removeReflection(one);
    else share(one);
  }
}

/**
 * A member that a class inherits stands with the class that it inherits it from, where that has an entry: a page says `Extends`, with a link.
 * Without it the members of Duplex would stand on eight pages. A class in between that is not exported changes nothing of that.
 */
function inheritOnce(project: ProjectReflection): void {
  const packageOf = (one: Reflection): string | undefined => project.getSymbolIdFromReflection(one)?.packageName;
  const isElsewhere = (one: DeclarationReflection): boolean =>
    one.inheritedFrom !== undefined && (one.inheritedFrom.reflection !== undefined || packageOf(one) !== packageOf(one.parent!));
  for (const one of declarationsOf(project, ReflectionKind.ClassMember).filter(isElsewhere)) project.removeReflection(one);
  // What a constructor stands in the place of may have no entry: one that nobody has written.
  for (const { signatures = [] } of declarationsOf(project, ReflectionKind.Constructor)) for (const signature of signatures) delete signature.overwrites;
}

/** Which members stand where, with which comment. */
export function arrangeMembers(app: Application): void {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => { completeComments(project); });
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => { inheritOnce(project); });
}
