import { command, pnpm } from './command.js';

/** Dead files, exports and dependencies anywhere in the workspace, as knip.json defines them. */
export async function knipProblems(root: string): Promise<string[]> {
  const [file, ...args] = pnpm(root);
  const { code, output } = await command(file, [...args, 'exec', 'knip', '--no-progress', '--treat-config-hints-as-errors'], { cwd: root });
  return code === 0 ? [] : [output.trim()];
}
