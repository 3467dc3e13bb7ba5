import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { here, root } from './paths.js';
import { run } from './run.js';

export interface Stage {
  readonly folder: string;
  /** Installs everything in it; the problems of that. */
  readonly fill: () => Promise<string[]>;
  readonly remove: () => void;
}

/** Scenarios that are not for Windows: of arguments, which are checked alike everywhere, and the matrices of states, which take wine minutes. */
const LEFT_OUT = /(arguments-of-\w+|socket-states|socket-actions-in-handlers)\.test\.mjs$/;

/**
 * A folder outside the repo that has every package as published, without links, and the suites and examples beside them:
 * wine does not see where a link leads and would load one module twice.
 */
export function openStage(): Stage {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'netstrata-stage-')));
  return {
    folder,
    async fill() {
      const { code, output } = await run(process.execPath, [join(root, 'tools/check-workspace/dist/cli.js'), 'stage', folder], { cwd: root });
      cpSync(join(here, 'suites'), join(folder, 'suites'), { recursive: true });
      const scenarios = join(root, 'tools/conformance/dist/scenarios');
      cpSync(scenarios, join(folder, 'conformance/scenarios'), { recursive: true, filter: (path) => !LEFT_OUT.test(path) });
      cpSync(join(root, 'tools/conformance/recorded.json'), join(folder, 'conformance/recorded.json'));
      cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true, filter: (path) => !path.endsWith('node_modules') });
      return code === 0 ? [] : [output];
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
