import { MAJORS, binary, nodeOf } from '../../../runtimes/binaries.mjs';

/** What runs a program. */
export interface Runtime {
  readonly name: string;
  readonly command: readonly string[];
}

const nodes = MAJORS.flatMap((major): Runtime[] => {
  const { file } = nodeOf(major);
  return file === undefined ? [] : [{ name: `Node ${major}`, command: [file] }];
});

const others: readonly Runtime[] = [
  { name: 'Bun', command: [binary('bun') ?? 'bun', 'run'] },
  // As for a project that npm installs.
  { name: 'Deno', command: [binary('deno') ?? 'deno', 'run', '--allow-all', '--no-lock', '--node-modules-dir=manual'] },
];

export const runtimes: readonly Runtime[] = [...nodes, ...others];

/** The Node that runs this. */
export const here: Runtime = { name: `Node ${process.versions.node.split('.')[0]}`, command: [process.execPath] };

/** Where bundles are run: the oldest Node and the newest. */
export const ofBundles: readonly Runtime[] = [nodes[0], nodes.at(-1)!];
