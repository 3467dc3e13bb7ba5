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
