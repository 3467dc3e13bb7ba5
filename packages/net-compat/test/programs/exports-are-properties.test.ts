import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../..', import.meta.url));

it('what is required can be read, replaced and configured as the builtin can, and is what is imported', () => {
  const found = execFileSync(process.execPath, ['--input-type=module', '-e', `
    import builtin from 'node:net';
    import net, * as names from '@netstrata/net-compat';
    import { createRequire } from 'node:module';
    const required = createRequire(process.cwd() + '/x.js')('@netstrata/net-compat');
    const common = Object.keys(builtin).filter((key) => key in required);
    const unlike = common.filter((key) => {
      const { writable, set, enumerable, configurable } = Object.getOwnPropertyDescriptor(required, key);
      return !(writable || set) || !enumerable || !configurable;
    });
    const { connect, BlockList } = required;
    required.BlockList = class {};
    const isReplaced = new required.BlockList() instanceof net.BlockList && required.BlockList !== BlockList;
    required.connect = () => 'replaced';
    console.log(JSON.stringify([unlike, common.length > 15, required === net, net.connect(), names.connect === connect, required.default === net, isReplaced]));
  `], { cwd: folder, encoding: 'utf8' });
  expect(JSON.parse(found)).toEqual([[], true, true, 'replaced', true, true, true]);
});
