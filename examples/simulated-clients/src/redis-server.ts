import type { Net, Server, Socket } from '@netstrata/net-compat/core';
import { bulk, failure, integer, list, RedisCommands, simple } from './redis-commands.js';

/** What is kept when the process ends, as on a disk. */
export type Data = Map<string, string>;

/** As much of Redis as a test of its clients needs. Give it `host.net`, or `node:net` where `register` has put itself in its place. */
export function redisServer(net: Pick<Net, 'createServer'>, data: Data = new Map()): Server {
  const subscribers = new Map<string, Set<Socket>>();

  const publish = (channel: string, message: string): number => {
    const all = subscribers.get(channel) ?? new Set();
    for (const socket of all) socket.write(list(bulk('message'), bulk(channel), bulk(message)));
    return all.size;
  };

  const subscribe = (socket: Socket, channels: readonly string[]): string => {
    for (const channel of channels) subscribers.set(channel, (subscribers.get(channel) ?? new Set()).add(socket));
    return channels.map((channel, i) => list(bulk('subscribe'), bulk(channel), integer(i + 1))).join('');
  };

  const increment = (key: string): number => {
    const value = Number(data.get(key) ?? 0) + 1;
    data.set(key, String(value));
    return value;
  };

  const answer = (socket: Socket, [name, ...words]: readonly string[]): string => {
    const [key, value] = words;
    switch (name.toUpperCase()) {
      case 'PING': return simple('PONG');
      case 'SET': data.set(key, value); return simple('OK');
      case 'GET': return bulk(data.get(key));
      case 'INCR': return integer(increment(key));
      case 'PUBLISH': return integer(publish(key, value));
      case 'SUBSCRIBE': return subscribe(socket, words);
      // What clients ask before anything else.
      case 'INFO': return bulk('redis_version:7.0.0\r\nloading:0\r\n');
      case 'CLIENT': return simple('OK');
      case 'QUIT': socket.end(simple('OK')); return '';
      default: return failure(`unknown command '${name}'`);
    }
  };

  const server = net.createServer((socket) => {
    const commands = new RedisCommands();
    socket.on('data', (chunk) => {
      for (const command of commands.add(chunk as Uint8Array)) socket.write(answer(socket, command));
    });
    socket.on('error', () => {}); // 'close' follows
    socket.on('close', () => {
      for (const all of subscribers.values()) all.delete(socket);
    });
  });
  server.on('error', () => {}); // whom it could not accept may try again
  return server;
}
