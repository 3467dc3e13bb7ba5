import type { ChildProcess } from 'node:child_process';
import { systemError, type Endpoint, type SystemError } from '@netstrata/transport';

/** The error of a process that ended when it should not have. */
export interface ProcessError extends SystemError {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** The end of what it said. */
  stderr: string;
}

/** It never got there: a refusal. It did, and then failed: a reset. */
export function processError(child: ChildProcess, stderr: string, refused: Endpoint | null): ProcessError {
  const { exitCode, signalCode: signal } = child;
  const how = signal !== null ? `ended by ${signal}` : exitCode !== null ? `exit code ${exitCode}` : 'its output ended';
  const text = stderr === '' ? how : `${how}, ${stderr}`;
  const error = refused ? systemError({ syscall: 'connect', code: 'ECONNREFUSED', endpoint: refused, text }) : systemError({ syscall: 'read', code: 'ECONNRESET', text });
  return Object.assign(error, { exitCode, signal, stderr });
}

/** It could not be started: the code is the system's, ENOENT or EACCES. */
export function spawnError(reason: NodeJS.ErrnoException, endpoint: Endpoint): SystemError {
  const { code, errno } = reason;
  return Object.assign(systemError({ syscall: 'connect', code, errno, endpoint, text: reason.message }), { cause: reason });
}
