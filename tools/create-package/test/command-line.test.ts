import { describe, expect, it, vi } from 'vitest';
import { main } from '../src/command-line.js';
import { root } from './support/stage.js';

/** The result of a command line: the exit code, the output, the request. */
async function run(...args: string[]) {
  const create = vi.fn(() => Promise.resolve());
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const code = await main(args, root, create);
    return { code, said: said.mock.calls.join(''), create };
  } finally {
    said.mockRestore();
  }
}

describe('a command line', () => {
  it('asks for a package', async () => {
    const { code, create } = await run('transport-semaphore', '--description', ' Flags ');
    expect(code).toBe(0);
    expect(create).toHaveBeenCalledExactlyOnceWith({ names: { folder: 'transport-semaphore', short: 'semaphore', identifier: 'semaphore' }, description: 'Flags' });
  });

  it.each([
    ['no name', ['--description', 'x'], "missing required argument 'name'"],
    ['no description', ['transport-x'], "required option '--description <text>' not specified"],
    ['an empty description', ['transport-x', '--description', ' '], 'one line of text'],
    ['a description of two lines', ['transport-x', '--description', 'a\nb'], 'one line of text'],
    ['a name that is none', ['semaphore', '--description', 'x'], 'transport-<words>'],
    ['a name that is reserved', ['transport-class', '--description', 'x'], 'reserved'],
    ['a name that is taken', ['transport-tcp', '--description', 'x'], 'packages/transport-tcp is there already'],
    ['more than that', ['transport-x', 'y', '--description', 'x'], 'too many arguments'],
    ['an option that is none', ['transport-x', '--description', 'x', '--force'], "unknown option '--force'"],
  ])('with %s is refused', async (_, args, why) => {
    const { code, said, create } = await run(...args);
    expect(said).toContain(why);
    expect(code).toBe(2);
    expect(create).not.toHaveBeenCalled();
  });

  it('that fails on the way says so', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    expect(await main(['transport-x', '--description', 'x'], root, () => Promise.reject(new Error('no room')))).toBe(1);
    expect(said).toHaveBeenCalledExactlyOnceWith('no room\nNothing was made.');
    said.mockRestore();
  });
});
