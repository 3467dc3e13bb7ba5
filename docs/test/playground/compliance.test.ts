import { expect, it } from 'vitest';
import { missing, useBrowser } from '../support/page.js';
import { openPlayground, run, show, sourceOf, write } from './playground.js';

useBrowser();

it.skipIf(missing)('each transport keeps all rules, and each of its mistakes breaks the rule that it names', async () => {
  const page = await openPlayground('#example=forty-lines');
  for (const name of ['forty-lines', 'layer']) {
    await show(page, `example=${name}`);
    await run(page);
    expect(await page.innerText('.counts')).toMatch(/^(?:8|9)\d passed, 0 failed$/);

    const source = sourceOf(`transports/${name}`);
    const all = [...source.matchAll(/^ *\/\/ Mistake \d \((\w+)\).*\n *\/\/ .*$/gm)];
    expect(all.length).toBeGreaterThan(1);
    // Each makes a run of all rules: one of them in `npm test`.
    for (const [text, rule] of process.env.NETSTRATA_QUICK === '1' ? all.slice(0, 1) : all) {
      await write(page, source.replace(text, () => text.replace(/\n( *)\/\/ /, '\n$1')));
      await run(page);
      const failed = await page.locator('.rules li.failed b').allInnerTexts();
      expect(failed, text).toContain(rule);
      expect(await page.innerText('.rules li.failed em')).not.toBe('');
    }
  }
});
