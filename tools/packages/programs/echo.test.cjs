// For jest, as it is without options.
const core = require('@netstrata/net-compat/core');
const net = require('@netstrata/net-compat');

test('CommonJS has one class of everything', () => {
  expect(core.Socket).toBe(net.Socket);
});

test('CommonJS echoes', (done) => {
  const server = net.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1', () => {
    const client = net.connect(server.address().port, '127.0.0.1').setEncoding('utf8');
    client.end('hello');
    client.on('data', (text) => {
      expect(text).toBe('hello');
      server.close(done);
    });
  });
});
