import { describe, expect, it } from 'vitest';
import { compile, keyOf, SUBJECTS, type Subject } from '../src/compile.js';
import { programs, type Program } from '../src/programs.js';
import { settings, show, type Setting } from '../src/settings.js';

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
