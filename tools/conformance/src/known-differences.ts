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
    scenario: 'destroy before the connection is made',
    media: ['tcp4', 'tcp6'],
    reason: "The builtin has a handle from the call on, and closes it in the loop's closing phase; ours has none yet, and lets the loop go round once.",
  },
  {
    scenario: 'connect on a connection that stands',
    media: ['tcp4'],
    reason: 'On Linux the builtin calls connect(2) again, wherever it leads, and says that it has connected; ours fails with EISCONN, as elsewhere.',
  },
  {
    scenario: 'a localPort that is taken', driver: 'host', media: ['tcp4', 'tcp6'],
    reason: 'That the near end cannot be bound is heard of ticks later, when the attempt has been announced',
  },
  {
    scenario: 'a localAddress that is not ours', driver: 'host', media: ['tcp4'],
    reason: 'That the near end cannot be bound is heard of ticks later, when the attempt has been announced',
  },
  {
    scenario: 'a server that starts to listen', driver: 'host', media: ['tcp4', 'tcp6'],
    reason: 'The builtin below is given the address, and looks it up as if it were a name: that takes one tick more',
  },
  {
    scenario: 'listening where somebody listens', driver: 'host', media: ['tcp4', 'tcp6'],
    reason: 'The builtin below is given the address, and looks it up as if it were a name: that takes one tick more',
  },
];
