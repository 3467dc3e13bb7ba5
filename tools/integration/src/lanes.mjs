const REGISTER = ['--import', '@netstrata/net-compat/register'];

/**
 * What a client's work runs on. `wrong` names what is not right in what carried it; see client/carried.mjs.
 * @type {Record<string, { args: string[], env: Record<string, string>, wrong: (carried: any) => string[] }>}
 */
export const LANES = {
  builtin: {
    args: [],
    env: {},
    wrong: ({ replaced, bytesRead }) => [...(replaced ? ['net was replaced'] : []), ...(bytesRead > 0 ? [] : ['no socket of net read anything'])],
  },
  'net-compat': {
    args: REGISTER,
    env: {},
    wrong: (carried) => [...ours(carried), ...(carried.builtinReaders === 0 ? [] : [`${carried.builtinReaders} sockets of the builtin read something`])],
  },
  'net-compat, host driver': {
    args: REGISTER,
    env: { NETSTRATA_DRIVER: 'host' },
    wrong: (carried) => [...ours(carried), ...(carried.builtinReaders > 0 ? [] : ['no socket of the builtin read anything, so this was another driver'])],
  },
};

function ours({ replaced, bytesRead }) {
  return [...(replaced ? [] : ['net was not replaced']), ...(bytesRead > 0 ? [] : ['no socket of net-compat read anything'])];
}

/** What is loaded, and when: before the tool that a program loads, or after it. */
function loaded(entry, when, env = {}) {
  const replaces = entry.endsWith('register');
  return {
    args: [],
    env: { ...env, NETSTRATA_TOOL: '1', NETSTRATA_LOADED: JSON.stringify([entry, when]) },
    wrong: ({ replaced }) => (replaced === replaces ? [] : [`net was ${replaced ? '' : 'not '}replaced`]),
  };
}

/**
 * Where what tools do to `node:net` is tried. The quick ones are those in which most can go wrong: a tool that has been at work before
 * net-compat comes.
 * @type {typeof LANES}
 */
export const TOOL_LANES = {
  builtin: { args: [], env: { NETSTRATA_TOOL: '1' }, wrong: ({ replaced }) => (replaced ? ['net was replaced'] : []) },
  'net-compat before': loaded('@netstrata/net-compat', 'before'),
  'net-compat after': loaded('@netstrata/net-compat', 'after'),
  'register before': loaded('@netstrata/net-compat/register', 'before'),
  'register after': loaded('@netstrata/net-compat/register', 'after'),
  'register before, host driver': loaded('@netstrata/net-compat/register', 'before', { NETSTRATA_DRIVER: 'host' }),
};

export const QUICK_TOOL_LANES = ['builtin', 'register after'];
