/**
 * @internal Classes of Node's own that have become subclasses of `Socket`, because they were loaded when `register` had put that in the
 * place of the builtin: `claim` gives them back before the first instance is made. Null where there can be none.
 */
export const nodesClasses: { claim: ((instance: object) => void) | null } = { claim: null };
