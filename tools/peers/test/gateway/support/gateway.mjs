import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../../../packages/gateway/dist/cli/main.js', import.meta.url));

/**
 * The gateway as a process of its own, that listens on a port of 127.0.0.1.
 * @param {readonly string[]} flags
 */
export async function startGateway(flags) {
  const child = spawn(process.execPath, [main, '--listen', '127.0.0.1:0', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const heard = new EventEmitter();
  const lines = [];
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(JSON.parse(text));
    heard.emit('line');
  });
  const ended = once(child, 'close').then(([code, signal]) => {
    heard.emit('line');
    return { code, signal };
  });
  /** The first line of an event that is of this kind. */
  const event = async (name) => {
    for (;;) {
      const line = lines.find((one) => one.event === name);
      if (line !== undefined) return line;
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the gateway has ended without the event '${name}'`);
      await once(heard, 'line');
    }
  };
  const { url } = await event('start');
  return {
    port: Number(new URL(url).port),
    lines,
    event,
    ended,
    kill: (signal) => child.kill(signal),
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
