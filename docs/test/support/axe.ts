import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds against a page, or the part of it that a selector names: the rule, and where. */
export async function findings(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (selector) => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const { violations, passes } = await checker.run(selector);
    if (passes.length < 10) throw new Error(`axe has looked at nothing: ${passes.length} rules were met`);
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  }, part);
}
