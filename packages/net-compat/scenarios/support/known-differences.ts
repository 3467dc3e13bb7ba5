import { STUCK } from './observe.js';

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
  /** Part of what ours fails with, where the difference is that it throws or gets stuck. */
  readonly fails?: string;
  readonly reason: string;
}

/** An entry that no longer differs fails its test: remove it then. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    scenario: 'connecting twice in a tick', driver: 'host',
    reason: 'An immediate refusal by the system is reported some ticks later, when the attempt has been announced',
  },
  {
    scenario: 'a socket that dials from where it was bound', driver: 'host', media: ['ipc'], nodes: [20, 22], fails: STUCK,
    reason: 'The builtin below cannot read and write a pipe that was bound before it was connected: refused with ENOTSUP',
  },
  {
    scenario: 'a socket that dials from where it was bound, and fails', driver: 'host', media: ['ipc'], nodes: [20, 22],
    reason: 'The builtin below cannot read and write a pipe that was bound before it was connected: refused with ENOTSUP',
  },
  {
    scenario: 'a handle that is an object of JavaScript', driver: 'host', fails: 'readStop is not a function',
    reason: 'Makes the builtin below stop reading, for which such an object may have no method',
  },
  {
    scenario: 'an object that stands in for a handle', driver: 'host', fails: 'readStop is not a function',
    reason: 'Likewise',
  },
  {
    scenario: 'the line that listens where somebody listens', driver: 'host', media: ['ipc'],
    reason: 'The builtin below makes the error, and tells of it ticks later',
  },
  {
    scenario: 'the line that listens on every address where somebody does', driver: 'host',
    reason: 'Likewise',
  },
  {
    scenario: 'a handle that another socket goes on with', driver: 'host', fails: STUCK,
    reason: 'The builtin below stops reading from a handle when it gives it away, also for the socket that has it already',
  },
  {
    scenario: 'diagnostics_channel hears of client sockets', driver: 'host', nodes: [22, 24, 26],
    reason: 'The builtin below reports its own sockets, too',
  },
  {
    scenario: 'connect and destroy on a socket that is refused', driver: 'libuv',
    reason: "The builtin closes the handle of the second connection in the event loop's closing phase; ours reports it before setImmediate",
  },
  {
    scenario: 'connect and destroy on a socket that is refused', driver: 'host',
    reason: 'Likewise',
  },
  {
    scenario: 'connecting again in the listener of error: destroyed while it connects', media: ['ipc'],
    reason: 'With the builtin the end of the attempt that was given up, ECANCELED, ends the one that has followed it',
  },
  {
    scenario: 'a path with a NUL',
    reason: 'Refused by connect and listen themselves, as a NUL in a host is; the builtin tries, and emits EINVAL or uses the shorter path, depending on the version.',
  },
  {
    scenario: 'a localPort that is taken', driver: 'host', media: ['tcp4', 'tcp6'],
    reason: 'A failure to bind the local address is reported some ticks later, when the attempt has been announced',
  },
  {
    scenario: 'a localAddress that is not ours', driver: 'host', media: ['tcp4'],
    reason: 'A failure to bind the local address is reported some ticks later, when the attempt has been announced',
  },
  {
    scenario: 'a server that starts to listen', driver: 'host', media: ['tcp4', 'tcp6'],
    reason: 'The builtin below gets the address, and looks it up as if it were a name: that takes one more tick',
  },
  {
    scenario: 'listening where somebody listens', driver: 'host', media: ['tcp4', 'tcp6'],
    reason: 'The builtin below gets the address, and looks it up as if it were a name: that takes one more tick',
  },
];
