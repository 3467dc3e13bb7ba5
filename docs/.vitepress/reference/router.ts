import { ReflectionKind, type Application, type Reflection } from 'typedoc';
import { ModuleRouter } from 'typedoc-plugin-markdown';
import type { Entry } from './entries.js';

/** One page for each entry, at the path that the entry has below its package. */
export function defineRouter(app: Application, entries: readonly Entry[]): void {
  const pages = new Map(entries.map(({ name, page }) => [name, page]));
  app.renderer.defineRouter('entries', class extends ModuleRouter {
    override getIdealBaseName(reflection: Reflection): string {
      return (reflection.kindOf(ReflectionKind.Module) && pages.get(reflection.name)) || super.getIdealBaseName(reflection);
    }
  });
}
