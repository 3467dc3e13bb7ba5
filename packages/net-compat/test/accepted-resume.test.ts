import { once } from 'node:events';
import builtin from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import ours from '../src/index.js';

type Log = (text: string) => void;
type Listener = (socket: builtin.Socket, log: Log) => void;

/** What a program can do with a socket that it was just given; 'resume' comes in the tick after it has begun to flow. */
const programs: Readonly<Record<string, Listener>> = {
  'only data': (socket) => void socket.on('data', () => {}),
  'resume, then data': (socket, log) => void socket.on('resume', () => { log('resume'); }).on('data', () => {}),
  'data, then resume': (socket, log) => void socket.on('data', () => {}).on('resume', () => { log('resume'); }),
  'ticks around it': (socket, log) => {
    process.nextTick(log, 'before');
    socket.on('data', () => {}).on('resume', () => { log('resume'); });
    process.nextTick(log, 'after');
  },
  'a listener that is put first': (socket, log) => {
    socket.on('data', () => {});
    socket.prependListener('resume', () => { log('resume'); });
  },
  'an emit of its own': (socket, log) => {
    const emit = socket.emit.bind(socket);
    socket.emit = (event: string, ...args: unknown[]) => {
      if (event === 'resume') log('emit resume');
      return emit(event as never, ...args as never[]);
    };
    socket.on('data', () => {});
  },
  'paused at once': (socket, log) => {
    socket.on('resume', () => { log('resume'); }).on('pause', () => { log('pause'); });
    socket.on('data', () => {}).pause();
    process.nextTick(() => { log(`flows ${socket.readableFlowing}`); socket.resume(); });
  },
  'paused and resumed later': (socket, log) => {
    socket.on('data', () => {});
    setImmediate(() => {
      socket.on('resume', () => { log('resume'); });
      socket.pause();
      socket.resume();
      log('resumed');
    });
  },
};

async function outcome(net: typeof builtin, program: Listener): Promise<string[]> {
  const lines: string[] = [];
  let accepted: builtin.Socket | undefined;
  const server = net.createServer((socket) => {
    accepted = socket;
    program(socket, (text) => lines.push(text));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = builtin.connect((server.address() as builtin.AddressInfo).port, '127.0.0.1');
  await once(client, 'connect');
  for (let i = 0; i < 10; i++) await turn();
  lines.push(`flows ${accepted!.readableFlowing}`);
  client.end();
  accepted!.destroy();
  server.close();
  await once(server, 'close');
  return lines;
}

describe('what a socket that was accepted tells of its flow is what the builtin tells', () => {
  it.each(Object.entries(programs))('%s', async (_name, program) => {
    expect(await outcome(ours as unknown as typeof builtin, program)).toEqual(await outcome(builtin, program));
  });
});
