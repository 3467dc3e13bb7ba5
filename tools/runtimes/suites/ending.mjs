// A program that ends in the middle of a tick, in the way that its first argument names; the second is the port that it writes to. For endings.mjs.
import ours from '@netstrata/net-compat';
import { isMainThread, Worker } from 'node:worker_threads';

const throws = () => {
  throw new Error('by a listener');
};

/** What each does before it connects, and after the writes; and what should arrive, if that is not all of `ABC`. */
export const endings = {
  'exit': { then: () => process.exit() },
  'exit as Deno has it': { then: () => (globalThis.Deno ?? process).exit() },
  'exit with a listener before ours that throws': { before: () => process.on('exit', throws), then: () => process.exit() },
  'exit with a listener put before ours in the tick that throws': { then: () => { process.prependListener('exit', throws); process.exit(); } },
  'exit without listeners': { then: () => { process.removeAllListeners(); process.exit(); } },
  'exit without its own listeners': { then: () => { process.removeAllListeners('exit'); process.exit(); } },
  'exit of a thread': { then: () => process.exit(), inThread: true },
  'an exception': { then: throws },
  'an exception without listeners': { then: () => { process.removeAllListeners(); throws(); } },
  'an exception that is survived': { before: () => process.on('uncaughtException', () => setImmediate(() => process.exit())), then: throws },
  'an exception of which a listener ends the process': { before: () => process.on('uncaughtException', () => process.exit()), then: throws },
  'an exception of which a listener throws': { before: () => process.on('uncaughtException', throws), then: throws },
  'a monitor of exceptions that throws': { then: () => { process.prependListener('uncaughtExceptionMonitor', throws); throws(); } },
  'an exception in a thread': { then: throws, inThread: true },
  'a rejection': { then: () => void Promise.reject(new Error('by nobody')) },
  'writes in exit': { before: (write) => process.on('exit', () => { write('D'); write('E'); }), then: () => process.exit(), arrives: 'ABCDE' },
};

const [, , what, port] = process.argv;

function end({ before, then }) {
  before?.((text) => socket.write(text));
  const socket = ours.connect(Number(port), '127.0.0.1', () => {
    setImmediate(() => {
      for (const text of ['A', 'B', 'C']) socket.write(text);
      then();
    });
  });
  socket.on('error', () => {});
}

if (what in endings) {
  if (!endings[what].inThread || !isMainThread) end(endings[what]);
  else new Worker(new URL(import.meta.url), { argv: process.argv.slice(2) }).on('error', () => {}).on('exit', () => process.exit());
}
