import { Writable } from 'node:stream';
import { Duplex } from '../../src/index.js';
import { FakeChannel, turn, WRITE_DONE, WRITE_PENDING } from './fake-channel.js';
import { NodeDuplex } from './node-duplex.js';

export type Step =
  | { op: 'write' | 'end'; data: Uint8Array | string | null; encoding?: string | undefined; callback: boolean }
  | { op: 'cork' | 'uncork' | 'pause' | 'resume' | 'settle' | 'shutdownDone' | 'receiveEnd' | 'turn' | 'pending' | 'done' | 'flow' | 'unflow' | 'readable' | 'unreadable' | 'pipe' | 'pipe2' | 'unpipe' | 'drainPipe' }
  | { op: 'destroy'; error: boolean }
  | { op: 'fail' }
  | { op: 'read'; size: number | undefined }
  | { op: 'receive' | 'unshift'; data: Uint8Array }
  | { op: 'setEncoding'; encoding: string };

export interface Options {
  allowHalfOpen?: boolean;
  autoDestroy?: boolean;
  highWaterMark?: number;
  decodeStrings?: boolean;
}

const EVENTS = ['error', 'end', 'finish', 'prefinish', 'drain', 'close', 'pause', 'resume'];

export const show = (value: unknown): string =>
  value instanceof Error ? `${(value as { code?: string }).code ?? value.name}: ${value.message}`
  : value instanceof Uint8Array ? `<${Buffer.from(value).toString('hex')}>`
  : typeof value === 'string' ? JSON.stringify(value)
  : String(value);

/** Runs the steps on a stream of one kind; gives everything that could be observed, in order. */
export async function observe(kind: 'node' | 'ours', options: Options, steps: readonly Step[]): Promise<string[]> {
  const log: string[] = [];
  const channel = new FakeChannel();
  const stream = (kind === 'node' ? new NodeDuplex(channel, options) : new Duplex(channel, options)) as unknown as NodeDuplex;
  for (const event of EVENTS) stream.on(event, (...args: unknown[]) => log.push(`  ${event} ${args.map(show).join(' ')}`));
  const onData = (chunk: unknown): void => void log.push(`  data ${show(chunk)}`);
  // How often it is told in a row that there is something to read is left open: Node looks more often than needed.
  const onReadable = (): void => {
    if (log.at(-1) !== '  readable') log.push('  readable');
  };
  const pipes: { target: Writable; waiting: (() => void)[] }[] = [];
  let writes = 0;
  const pipe = (): void => {
    const waiting: (() => void)[] = [];
    const target = new Writable({
      highWaterMark: 8,
      write(chunk: Buffer, _encoding, callback) {
        log.push(`  piped ${show(chunk)}`);
        waiting.push(callback);
      },
    });
    for (const event of ['pipe', 'unpipe', 'finish', 'error']) target.on(event, () => log.push(`  target ${event}`));
    pipes.push({ target, waiting });
    stream.pipe(target);
  };
  const run = (step: Step): unknown => {
    switch (step.op) {
      case 'write': {
        const n = ++writes;
        return stream.write(step.data, step.encoding as 'utf8', step.callback ? (...args: unknown[]) => void log.push(`  wrote ${n} ${args.map(show).join(' ')}`) : undefined);
      }
      case 'end': {
        const n = ++writes;
        const callback = step.callback ? (...args: unknown[]): void => void log.push(`  ended ${n} ${args.map(show).join(' ')}`) : undefined;
        stream.end(step.data as string, step.encoding as 'utf8', callback);
        return undefined;
      }
      case 'destroy': stream.destroy(step.error ? new Error('told to') : undefined); return undefined;
      case 'read': return show(stream.read(step.size));
      case 'receive': channel.receive(Uint8Array.from(step.data)); return undefined;
      case 'unshift': unshift(stream, Uint8Array.from(step.data)); return undefined;
      case 'setEncoding': stream.setEncoding(step.encoding as 'utf8'); return undefined;
      case 'fail': channel.fail(new Error('broken')); return undefined;
      case 'settle': channel.settle(); return undefined;
      case 'shutdownDone': channel.finishShutdown(); return undefined;
      case 'receiveEnd': channel.receiveEnd(); return undefined;
      case 'pending': channel.status = WRITE_PENDING; return undefined;
      case 'done': channel.status = WRITE_DONE; return undefined;
      case 'flow': stream.on('data', onData); return undefined;
      case 'unflow': stream.off('data', onData); return undefined;
      case 'readable': stream.on('readable', onReadable); return undefined;
      case 'unreadable': stream.off('readable', onReadable); return undefined;
      case 'pipe': case 'pipe2': pipe(); return undefined;
      case 'unpipe': stream.unpipe(pipes.shift()?.target); return undefined;
      case 'drainPipe': for (const { waiting } of pipes) waiting.splice(0).forEach((callback) => callback()); return undefined;
      case 'turn': return undefined;
      default: stream[step.op](); return undefined;
    }
  };
  for (const step of steps) {
    let result: unknown;
    // A kernel does not change its mind inside a tick of ours.
    if (step.op === 'pending' || step.op === 'done' || step.op === 'fail') await turn();
    try {
      result = run(step);
    } catch (error) {
      result = `throws ${show(error)}`;
    }
    if (step.op === 'turn') await turn();
    log.push(`${step.op} -> ${show(result)} | ${state(stream)}`);
  }
  await turn();
  log.push(`at last | ${state(stream)} | left ${Buffer.from(channel.written).toString('hex')}`);
  // Where pipes come and go, 'resume' may come a tick earlier or later than Node's: bytes and pauses do not.
  return steps.some(({ op }) => op.startsWith('pipe')) ? log.filter((line) => !line.startsWith('  resume')) : log;
}

/** With an encoding, text: bytes that are put back stay bytes in Node's queue of strings, which is a bug of its own. */
function unshift(stream: NodeDuplex, bytes: Uint8Array): void {
  const encoding = stream.readableEncoding;
  if (encoding === null) stream.unshift(bytes);
  else stream.unshift(Buffer.from(bytes).toString(encoding), encoding);
}

function state(stream: NodeDuplex): string {
  return [
    `w ${stream.writableLength} ${stream.writable} ${stream.writableNeedDrain} ${stream.writableCorked} ${stream.writableEnded} ${stream.writableFinished}`,
    `r ${stream.readableLength} ${stream.readable} ${stream.readableFlowing} ${stream.readableEnded} ${stream.isPaused()} ${stream.readableDidRead} ${stream.readableAborted}`,
    `${stream.destroyed} ${stream.closed} ${show(stream.errored)}`,
  ].join(', ');
}
