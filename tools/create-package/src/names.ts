import { Script } from 'node:vm';

/** The name of a package, in its several forms. */
export interface Names {
  /** `transport-carrier-pigeon`: its folder, and the end of its name. */
  readonly folder: string;
  /** `carrier-pigeon`: the transport's own name, and its file. */
  readonly short: string;
  /** `carrierPigeon`: what it exports. */
  readonly identifier: string;
}

const TRANSPORT = /^transport-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;

/**
 * The forms of a name. Throws, with the reason, for one that is invalid or that code cannot use.
 * @param used the names that the generated code needs for itself
 */
export function namesOf(folder: string, used: ReadonlySet<string>): Names {
  const short = TRANSPORT.exec(folder)?.[1];
  if (short === undefined) throw new Error('It must be transport-<words>, in lower case with hyphens between them: transport-carrier-pigeon.');
  const identifier = short.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  if (used.has(identifier) || !isFree(identifier)) throw new Error(`It would export ${identifier}, a name that is reserved.`);
  return { folder, short, identifier };
}

/** Whether a name is free in the language and the runtime. */
function isFree(identifier: string): boolean {
  if (identifier in globalThis) return false;
  try {
    // Compiled and not run. In an async function `await` is reserved, as in a module.
    new Script(`'use strict'; async () => { const ${identifier} = 0; };`);
    return true;
  } catch {
    return false;
  }
}
