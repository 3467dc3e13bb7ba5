/** A page of each kind and layout. */
export const KINDS: readonly (readonly [kind: string, path: string])[] = [
  ['landing', '/'],
  ['start', '/start/addresses.html'],
  ['guide', '/guides/networks-and-clients.html'],
  ['package', '/packages/net-compat.html'],
  ['coming-from', '/coming-from/ipaddr-js.html'],
  ['compatibility', '/compatibility/'],
  ['performance', '/performance/'],
  ['source', '/source/packages/handles/src/tested-versions.ts.html'],
  ['nothing', '/404.html'],
];

export const COLOURS = ['light', 'dark'] as const;
