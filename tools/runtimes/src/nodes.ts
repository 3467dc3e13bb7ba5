import { run } from './run.js';
import { binary, type Runtime } from './binaries.js';

export interface NodeRuntime {
  readonly major: number;
  readonly file: string;
}

/** The majors that the packages promise to work on. */
export const MAJORS = [20, 22, 24, 26] as const;

/** Major of the Node that runs this. */
const running = Number(process.versions.node.split('.')[0]);

/** The executable of a major: this very Node, or one of the matrix. Null when there is none here. */
export function nodeOf(major: number): NodeRuntime | null {
  if (major === running) return { major, file: process.execPath };
  const file = major === 20 ? null : binary(`node-${major}` as Runtime);
  return file === null ? null : { major, file };
}

/** The flags that turn the permission model on, with everything allowed that it can allow: what stays refused is `process.binding`. */
export async function permissionFlags({ file }: NodeRuntime): Promise<string[]> {
  const candidates = ['--permission', '--experimental-permission', '--allow-fs-read', '--allow-fs-write', '--allow-net'];
  const code = `console.log(JSON.stringify(${JSON.stringify(candidates)}.filter((flag) => process.allowedNodeEnvironmentFlags.has(flag))))`;
  const { output } = await run(file, ['-e', code], { cwd: '.' });
  const known = JSON.parse(output) as string[];
  const permission = known.includes('--permission') ? '--permission' : '--experimental-permission';
  return [permission, '--allow-fs-read=*', '--allow-fs-write=*', ...(known.includes('--allow-net') ? ['--allow-net'] : [])];
}
