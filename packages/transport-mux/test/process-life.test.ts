import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const builtOf = (name: string): string => JSON.stringify(fileURLToPath(new URL(`../../${name}/dist/index.cjs`, import.meta.url)));
const head = `
  const { mux, muxSession } = require(${builtOf('transport-mux')});
  const { tcp } = require(${builtOf('transport-tcp')});
  const nothing = { onListening() {}, onConnection() {}, onConnect() {}, onData() {}, onEnd() {}, onWriteDone() {}, onShutdownDone() {}, onClose() {} };
`;
const run = (program: string) => spawnSync(process.execPath, ['-e', head + program], { encoding: 'utf8', timeout: 20_000 });

describe('a process', () => {
  it('that ends in the middle of a tick has sent what it has written', () => {
    const { stdout } = run(`
      let written = 0;
      const carrier = { ref() {}, unref() {}, readStart() {}, write: ({ length }) => { written += length; return 0; } };
      process.on('exit', () => console.log(written));
      const stream = muxSession(carrier, { side: 'dialler', early: true }).connect({ path: 'there' }, { ...nothing, onConnect() {
        stream.write(Buffer.alloc(5));
        process.exit();
      } });
    `);
    // SYN, and a frame of data.
    expect(stdout.trim()).toBe(String(12 + 12 + 5));
  });

  it('ends when all connections have, though the carrier stays', () => {
    const { status, signal, stdout, stderr } = run(`
      const listener = tcp.listen({ address: '127.0.0.1', port: 0, family: 'IPv4' }, { ...nothing,
        onConnection(connection) {
          muxSession(connection, { side: 'acceptor' }).listen({ path: 'there' }, { ...nothing, onConnection(stream) { stream.sink = nothing; stream.close(); } }).unref();
        },
        onListening() {
          const transport = mux((sink) => tcp.connect(listener.local, sink));
          const stream = transport.connect({ path: 'there' }, { ...nothing, onConnect() { stream.readStart(); }, onEnd() {
            stream.close();
            listener.close();
          } });
          process.on('exit', () => console.log(transport.state));
        },
      });
    `);
    expect([status, signal, stdout.trim(), stderr]).toEqual([0, null, 'open', '']);
  });
});
