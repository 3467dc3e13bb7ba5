/** One way in which net-compat is not as the builtin, on purpose or for want of anything better. */
export interface KnownDifference {
  /** The title of the scenario. */
  readonly scenario: string;
  /** Where it differs; everywhere when not given. */
  readonly media?: readonly ('tcp4' | 'tcp6' | 'ipc')[];
  readonly driver?: 'libuv' | 'host';
  /** Majors of Node. */
  readonly nodes?: readonly number[];
  readonly platform?: NodeJS.Platform;
  readonly reason: string;
}

/** An entry that no longer differs fails its test: remove it then. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    scenario: 'a server that starts to listen', driver: 'host', media: ['tcp4', 'tcp6'],
    reason: 'The builtin below is given the address, and looks it up as if it were a name: that takes one tick more',
  },
  {
    scenario: 'listening where somebody listens', driver: 'host', media: ['tcp4', 'tcp6'],
    reason: 'The builtin below is given the address, and looks it up as if it were a name: that takes one tick more',
  },
];
