import { cores } from '../src/measure/cores.mjs';
import { generator } from '../src/measure/generator.mjs';
import { root } from '../src/paths.mjs';
import { builtin, netstrata } from '../src/sides.mjs';

export const sides = [builtin(process.execPath), netstrata('netstrata', process.execPath, root)];

/** For a moment: nothing here is about speed. */
export const settings = { scale: 0.003, seconds: 0.05, warm: 0.02, medium: 'tcp' as const, generator: generator(), cores: cores(), processes: 1, connections: 1500 };
