import { PageEvent, ReflectionKind, type Application, type ProjectReflection } from 'typedoc';
import { declarationsOf } from './members.js';

const INTRODUCTION = `# Reference

What the packages export, by the name under which it is imported. These pages are made from the comments in the sources.
`;

/** What is said of one form of a function is not said of the next again. */
function sayOnce(project: ProjectReflection): void {
  for (const { signatures = [] } of declarationsOf(project, ReflectionKind.FunctionOrMethod)) {
    const [first, ...others] = signatures;
    for (const other of others) if (textOf(other.comment) === textOf(first.comment)) delete other.comment;
  }
}

const textOf = (comment: { readonly summary: readonly { readonly text: string }[] } | undefined): string =>
  (comment?.summary ?? []).map(({ text }) => text).join('');

/** A section of links to what stands on another page, as one list. */
function shortened(text: string): string {
  const [before, references] = text.split(/^## References\n/m);
  if (references === undefined) return text;
  const links = [...references.matchAll(/^### (\S+).*\n\n(?:Re-exports|Renames and re-exports) \[[^\]]+\](\([^)]+\))$/gm)].map(([, name, link]) => `[${name}]${link}`);
  return `${before}## Exports of other entries\n\n${links.join(', ')}\n`;
}

/** How pages differ from what the plugin makes of them. */
export function layOut(app: Application, project: ProjectReflection): void {
  sayOnce(project);
  app.renderer.on(PageEvent.END, (page) => {
    const text = page.contents ?? '';
    page.contents = page.model === project ? text.replace(/^# .*\n/, INTRODUCTION) : shortened(text);
  });
}
