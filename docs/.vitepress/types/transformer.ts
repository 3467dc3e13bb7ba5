import type { MarkdownOptions, MarkdownRenderer } from 'vitepress';
import { renderedFile } from '../pages.js';
import { isTyped, typedBlocks } from './blocks.js';
import { Cache } from './cache.js';
import { Blocks, type Hover, type Language } from './compile.js';

type Transformer = NonNullable<MarkdownOptions['codeTransformers']>[number];

/** The document whose blocks are highlighted, which happens at once. */
let file = '';

/** For markdown-it: keeps which document is rendered. */
export function keepFile(md: MarkdownRenderer): void {
  md.core.ruler.push('current-file', ({ env }) => {
    file = renderedFile(env) ?? file;
  });
}

/** The types of blocks: those that have changed since the last build with these types, all are compiled together. */
class Types {
  readonly #cache = new Cache<Hover[]>();
  #blocks: Blocks | null = null;

  of(code: string, language: Language): Hover[] {
    return this.#cache.get([language, code], () => this.#known().hovers(code, language));
  }

  #known(): Blocks {
    if (this.#blocks !== null) return this.#blocks;
    this.#blocks = new Blocks();
    for (const { code, language } of typedBlocks()) if (!this.#cache.has([language, code])) this.#blocks.add(code, language);
    return this.#blocks;
  }
}

let known: Types | undefined;

function typesOf(code: string, language: Language): Hover[] {
  try {
    return (known ??= new Types()).of(code, language);
  } catch (error) {
    throw new Error(`A block of ${file} does not compile:\n${(error as Error).message}\n\n${code}`, { cause: error });
  }
}

/**
 * For Shiki: each name in a block of JavaScript or TypeScript has its type as an attribute, which theme/types.ts shows. A block that does not
 * compile fails the build.
 */
export function types(): Transformer {
  return {
    name: 'types',
    preprocess(code, options) {
      if (!isTyped(file, code, options.lang)) return;
      const names = typesOf(code, options.lang).map(({ start, end, type, docs }) => (
        { start, end, properties: { class: 'typed', 'data-type': type, ...(docs !== '' && { 'data-docs': docs }) } }
      ));
      options.decorations = [...(options.decorations ?? []), ...names];
    },
  };
}
