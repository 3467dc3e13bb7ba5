import { expect, it } from 'vitest';
import { connect, createNet, createServer, Socket, type ConnectOptions } from '@netstrata/net-compat';

const coded = (code: string): unknown => expect.objectContaining({ code });

it.each([
  { port: 1, host: 'good.example\0.evil.example' },
  { port: 1, host: '\0' },
  { port: 1, host: '127.0.0.1\0' },
  { port: 1, host: '::1\0' },
  { path: '/tmp/a\0b' },
  { path: 'a\0' },
  { path: '\0abstract\0b' },
])('a NUL in a host or path is refused: %j', (options) => {
  expect(() => connect(options as ConnectOptions)).toThrow(coded('ERR_INVALID_ARG_VALUE'));
  expect(() => new Socket().connect(options as ConnectOptions)).toThrow(coded('ERR_INVALID_ARG_VALUE'));
});

it('options change no prototype', () => {
  const hostile = JSON.parse('{"__proto__": {"polluted": 1, "allowHalfOpen": true}, "constructor": {"prototype": {"polluted": 1}}}') as object;
  const socket = new Socket(hostile);
  expect(socket.allowHalfOpen).toBe(false);
  const other = connect({ port: 1, host: '127.0.0.1', ...hostile } as ConnectOptions).on('error', () => {});
  other.destroy();
  createServer(hostile);
  createNet(hostile);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect((socket as unknown as { polluted?: number }).polluted).toBeUndefined();
});

it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])('%s is an event like others', (event) => {
  const socket = new Socket();
  const heard: unknown[] = [];
  expect(socket.listenerCount(event)).toBe(0);
  expect(socket.emit(event)).toBe(false);
  socket.on(event, (value) => heard.push(value));
  socket.emit(event, 1);
  expect(heard).toEqual([1]);
});
