import { describe, expect, it } from 'vitest';
import { compile, keyOf, SUBJECTS, type Setting, type Subject } from '../src/compile.js';
import { programs, type Program } from '../src/programs.js';

const pair = (typescript: string, node: number | null, resolution: Setting['resolution']): Setting => ({ typescript, node, resolution });
const VERSIONS = ['5.4', '5.5', '5.6', '5.7', '5.8', '5.9', '6.0'];
const MAJORS = [20, 22, 24, 26];
/** The types of Node 22 and later are for TypeScript 5.6 and later. */
const fit = (typescript: string, node: number): boolean => node === 20 || typescript >= '5.6';

const FEW = [pair('6.0', 26, 'nodenext'), pair('5.4', 20, 'node16'), pair('6.0', null, 'nodenext'), pair('5.4', null, 'bundler')];
const ALL = [
  ...VERSIONS.flatMap((typescript) => MAJORS.filter((node) => fit(typescript, node)).map((node) => pair(typescript, node, 'nodenext'))),
  ...VERSIONS.map((typescript) => pair(typescript, null, 'nodenext')),
  ...['5.4', '6.0'].flatMap((typescript) => (['node16', 'bundler', 'node10'] as const).flatMap((resolution) => [pair(typescript, typescript === '6.0' ? 26 : 20, resolution), pair(typescript, null, resolution)])),
];
const settings = process.env.NETSTRATA_QUICK === '1' ? FEW : ALL;

const show = ({ typescript, node, resolution }: Setting): string => `TypeScript ${typescript}, ${node === null ? 'no @types/node' : `@types/node ${node}`}, ${resolution}`;
/** What is newer than the types of Node here is not asked of them, and what is wrong is not all known to them. */
const concerns = (program: Program, { node }: Setting): boolean => (node === null ? !program.needsNode : node >= program.since || program.errors.length > 0);

describe.each(settings.map((setting) => [show(setting), setting] as const))('%s', (_, setting) => {
  const some = programs.filter((program) => concerns(program, setting));
  // Without the types of Node there is no builtin to compare with.
  const subjects: Subject[] = setting.node === null ? ['ours'] : ['builtin', 'ours'];
  let compiled: ReturnType<typeof compile> | undefined;
  const result = (): ReturnType<typeof compile> => (compiled ??= compile(some, subjects, setting));

  it('the declarations of the packages have no errors', () => {
    expect(result().inDeclarations).toEqual([]);
  });

  describe.each(subjects)('%s', (subject) => {
    const asked = some.filter((program) => subject === 'ours' || (!program.oursAlone && program.since <= setting.node!));
    it.each(asked.map((program) => [program.name, program] as const))('%s', (_name, program) => {
      const errors = result().errors.get(keyOf(subject, program))!;
      const lines = [...new Set(errors.map(({ line }) => line))];
      expect({ lines, ...(lines.join() !== program.errors.join() && { errors }) }, SUBJECTS[subject]).toEqual({ lines: program.errors });
    });
  });
});
