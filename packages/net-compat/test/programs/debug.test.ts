import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../..', import.meta.url));

const PROGRAM = `
  const net = require('@netstrata/net-compat');
  const server = net.createServer((peer) => peer.end('hello')).listen(0, '127.0.0.1', () => {
    net.connect(server.address().port, '127.0.0.1').resume().on('close', () => {
      const reader = net.connect(server.address().port, '127.0.0.1').setEncoding('utf8').resume();
      reader.emit('mine', Object.create(null), new Proxy({}, { get() { throw new Error('asked'); } }));
      reader.on('close', () => server.close());
    });
  });`;

/** What a program writes to stderr with a value of NODE_DEBUG. */
function shown(debug: string | undefined, before = ''): Promise<string[]> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['-e', `${before}${PROGRAM}`], { cwd: folder, env: { ...process.env, NODE_DEBUG: debug } }, (error, _out, err) => {
      if (error) reject(new Error(err, { cause: error }));
      else resolve(err.split('\n').map((line) => line.replace(/^NET \d+: /, '').replace(/\d{4,}/g, '<port>')).filter((line) => /^(socket|server) \d/.test(line)));
    });
  });
}

it('NODE_DEBUG=net shows a line for each event, with a number for each socket', async () => {
  const lines = await shown('net');
  const of = (who: string): string[] => lines.filter((line) => line.startsWith(who)).map((line) => line.slice(who.length + 2));
  expect(of('server 1')).toEqual(['made', 'listening', 'connection [Socket]', 'connection [Socket]', 'close']);
  expect(of('socket 2')).toEqual(expect.arrayContaining(['made', 'connectionAttempt 127.0.0.1 <port> 4', 'connect', 'ready', 'data 5 bytes', 'end', 'close false']));
  expect(lines.some((line) => line.endsWith(': data 5 characters'))).toBe(true);
  expect(lines.some((line) => line.endsWith(': mine [object] [object]'))).toBe(true);
  expect(of('socket 3')).toEqual(expect.arrayContaining(['made', 'finish', 'close false']));
});

it('otherwise it shows nothing', async () => {
  expect(await shown('http')).toEqual([]);
});

it('without NODE_DEBUG it shows nothing, also where the runtime has every log on', async () => {
  const allOn = "require('util').debuglog = () => Object.assign((...text) => console.error('NET 1: ' + require('util').format(...text)), { enabled: true });";
  expect(await shown(undefined, allOn)).toEqual([]);
  expect(await shown('net', allOn)).not.toEqual([]);
});
