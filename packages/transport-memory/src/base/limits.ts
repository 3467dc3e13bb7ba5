import { invalidArgType } from '@netstrata/stream-core';
import { checkNumber } from './check.js';
import { knownOptions } from './known-options.js';

/** The resources of a host, and the timeouts of its kernel. The defaults are Linux's. */
export interface Limits {
  /** Bytes that the kernel accepts of a writer before anything has left; 64 KiB. */
  sendBuffer: number;
  /** Bytes that wait for a reader, at most; 64 KiB. */
  receiveBuffer: number;
  /** Connections and listeners that the program may have open at once (EMFILE; what comes in is closed without a word); 65,536. */
  openFiles: number;
  /** The ports that dialling connections get (EADDRNOTAVAIL when there are no more to one destination); 32768 to 60999. */
  ephemeralPorts: readonly [least: number, most: number];
  /** How much the kernel keeps of the accept queue, whatever is asked for (somaxconn); 4096. */
  backlog: number;
  /** Bytes a second that the program reads from one connection; as many as there are when not given. */
  readRate: number | undefined;
  /** Milliseconds that bytes are sent again and again before the connection fails with ETIMEDOUT; 924,600 (tcp_retries2 of 15). */
  retransmissionTimeout: number;
  /** How often a dial without an answer is repeated before ETIMEDOUT; 6, which takes 127 seconds. */
  connectRetries: number;
  /** Milliseconds for which a connection that was closed from here keeps its port; 60,000, and 0 between addresses of one host. */
  timeWait: number;
}

export const LINUX: Readonly<Limits> = {
  sendBuffer: 65_536,
  receiveBuffer: 65_536,
  openFiles: 65_536,
  ephemeralPorts: [32_768, 60_999],
  backlog: 4096,
  readRate: undefined,
  retransmissionTimeout: 924_600,
  connectRetries: 6,
  timeWait: 60_000,
};

const NAMES = Object.keys(LINUX) as (keyof Limits)[];

function checkLimits(given: Partial<Limits>): void {
  for (const [key, value] of Object.entries(given)) {
    if (key === 'ephemeralPorts') {
      checkRange(key, value);
    } else {
      const least = key === 'readRate' || key.endsWith('Buffer') ? 1 : 0;
      checkNumber(value, key, `at least ${least}`, (number) => number >= least);
    }
  }
}

function checkRange(key: string, value: unknown): void {
  if (!Array.isArray(value) || value.length !== 2) throw invalidArgType(key, 'the least and the most port', value);
  const isPort = (number: number): boolean => Number.isInteger(number) && number >= 0 && number <= 65_535;
  for (const port of value as unknown[]) checkNumber(port, key, '0 to 65535', isPort);
}

/** Those that a user gives, over others. */
export function limitsOf(base: Readonly<Limits>, given: Partial<Limits> | undefined): Limits {
  const limits = knownOptions(given, NAMES, 'limits');
  checkLimits(limits);
  return { ...base, ...limits };
}
