import { tcp } from '@netstrata/transport-tcp';
import { describe, expect, it } from 'vitest';
import { socks } from '../src/index.js';
import { connect, errorOf, inet, textOf } from './support/dial.js';
import { answering, scripted } from './support/scripted.js';

const through = (port: number, who = '') => socks(`http://${who}127.0.0.1:${port}`, { over: tcp });
const place = inet(80, '192.0.2.1');

describe('CONNECT', () => {
  it('is asked with the place as authority, and with credentials', async () => {
    const { port, asked } = await answering('HTTP/1.1 200 OK\r\n\r\n');
    const { connection } = await connect(through(port, 'u:p%C3%A4ss@'), { host: 'example.com', port: 443 });
    const credentials = Buffer.from('u:päss').toString('base64');
    expect(asked[0].toString()).toBe(`CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nProxy-Authorization: Basic ${credentials}\r\n\r\n`);
    connection.close();
    const other = await answering('HTTP/1.0 200\r\n\r\n');
    const { connection: second } = await connect(through(other.port), inet(80, '2001:db8::1'));
    expect(other.asked[0].toString()).toBe('CONNECT [2001:db8::1]:80 HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n');
    expect([second.local, second.remote]).toEqual([null, inet(80, '2001:db8::1')]);
    second.close();
  });

  it('that is granted with a length of a body has none: what follows the header is the peer\'s', async () => {
    for (const field of ['Content-Length: 3', 'Transfer-Encoding: chunked', 'Content-Length: 3\r\nTransfer-Encoding: chunked', 'X: y\r\n  folded']) {
      const { port, sockets } = await answering(`HTTP/1.1 299 Fine\r\n${field}\r\n\r\n5\r\nfirst`);
      const { stream } = await connect(through(port), place);
      sockets[0].end('last');
      expect(await textOf(stream)).toBe('5\r\nfirstlast');
      stream.end();
    }
  });

  it('skips responses of 1xx before the one that counts', async () => {
    const { port, sockets } = await answering('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n!');
    const { stream } = await connect(through(port), place);
    sockets[0].end();
    expect(await textOf(stream)).toBe('!');
    stream.end();
  });

  it.each([
    [407, 'EACCES'], [403, 'EACCES'], [404, 'EHOSTUNREACH'], [502, 'EHOSTUNREACH'], [503, 'EHOSTUNREACH'], [504, 'ETIMEDOUT'], [400, 'ECONNREFUSED'], [302, 'ECONNREFUSED'],
  ])('that is answered with %i is %s, and the body is nobody\'s', async (status, code) => {
    const { port } = await answering(`HTTP/1.1 ${status} Be\u00e7ause\r\nContent-Length: 99999999\r\n\r\nbody`);
    const error = await errorOf(through(port), place);
    expect(error).toMatchObject({ code, status, syscall: 'connect', address: '192.0.2.1', port: 80 });
    expect(error.message).toMatch(new RegExp(`^connect ${code}: the proxy says ${status} Be.*ause 192.0.2.1:80$`));
     
    expect(error.message).not.toMatch(/[^\x20-\x7e]/);
  });

  it.each([
    'HTTP/2 200 OK\r\n\r\n', 'HTTP/1.1  200 OK\r\n\r\n', 'HTTP/1.1 2000 OK\r\n\r\n', 'HTTP/1.1 20 OK\r\n\r\n', 'HTTP/1.1 099 OK\r\n\r\n', 'http/1.1 200 OK\r\n\r\n',
    ' HTTP/1.1 200 OK\r\n\r\n', '\r\nHTTP/1.1 200 OK\r\n\r\n', 'ICY 200 OK\r\n\r\n', 'HTTP/1.1 200 OK\r\nno field\r\n\r\n', 'HTTP/1.1 200 OK\r\n: x\r\n\r\n', 'HTTP/1.1 200 OK\0\r\n\r\n',
    'HTTP/1.1 200 OK\r\na: b\rc\r\n\r\n', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', '\x05\0',
  ])('that is answered with %j is EPROTO', async (answer) => {
    const { port } = await answering(answer.length > 2 ? answer : `${answer}\r\n`);
    expect(await errorOf(through(port), place)).toMatchObject({ code: 'EPROTO', port: 80 });
  });

  it('does not take a header of megabytes, nor one without an end, nor responses of 1xx without end', async () => {
    const endless = ['HTTP/1.1 200 OK\r\n', `X: ${'y'.repeat(1000)}\r\n`];
    const floods = [endless, ['', 'x'.repeat(5000)], ['HTTP/1.1 200 OK\r\nX: ', 'y'.repeat(5000)], ['', 'HTTP/1.1 100 Continue\r\n\r\n'], ['HTTP/1.1 200 OK\r\n', 'a:\n']];
    for (const [start, more] of floods) {
      let sent = 0;
      const { port } = await scripted((socket) => {
        socket.write(start);
        const go = (): void => {
          while (!socket.destroyed && sent < 50_000_000) {
            sent += more.length;
            if (!socket.write(more)) break;
          }
        };
        socket.on('drain', go);
        go();
      });
      expect(await errorOf(through(port), place)).toMatchObject({ code: 'EPROTO' });
      expect(sent).toBeLessThan(20_000_000);
    }
  });

  it('that is not answered as the proxy leaves is ECONNRESET', async () => {
    for (const answer of ['', 'HTTP/1.1 200 OK\r\n']) {
      const { port } = await scripted((socket) => socket.end(answer));
      expect(await errorOf(through(port), place)).toMatchObject({ code: 'ECONNRESET', syscall: 'connect', port: 80 });
    }
  });
});
