import { run } from './run.js';

/** The flags that turn on the permission model of a Node with all permissions: only `process.binding` stays refused. */
export async function permissionFlags(node: string): Promise<string[]> {
  const candidates = ['--permission', '--experimental-permission', '--allow-fs-read', '--allow-fs-write', '--allow-net'];
  const code = `console.log(JSON.stringify(${JSON.stringify(candidates)}.filter((flag) => process.allowedNodeEnvironmentFlags.has(flag))))`;
  const { output } = await run(node, ['-e', code], { cwd: '.' });
  const known = JSON.parse(output) as string[];
  const permission = known.includes('--permission') ? '--permission' : '--experimental-permission';
  return [permission, '--allow-fs-read=*', '--allow-fs-write=*', ...(known.includes('--allow-net') ? ['--allow-net'] : [])];
}
