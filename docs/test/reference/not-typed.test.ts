import { describe, expect, it } from 'vitest';
import { programsOf } from '../../.vitepress/types/blocks.js';
import { Blocks } from '../../.vitepress/types/compile.js';
import { notTyped } from '../../.vitepress/types/not-typed.js';

const service = new Blocks();

describe('a block without types', () => {
  it.each(notTyped.map((one) => [one.file, one] as const))('would not compile: %s', (file, { contains }) => {
    const meant = programsOf(file).filter(({ language, code }) => (contains === undefined ? language === 'ts' : code.includes(contains)));
    for (const { code, language } of meant) service.add(code, language);
    const faulty = meant.filter(({ code, language }) => {
      try {
        service.hovers(code, language);
        return false;
      } catch {
        return true;
      }
    });
    expect(faulty.length, 'all of it compiles, or it is in the document no longer').toBeGreaterThan(0);
  });
});
