import { spawn } from 'node:child_process';
import type { Capabilities, Connection, ConnectSink, Endpoint, Transport } from '@netstrata/transport';
import { fromNodeDuplex } from '@netstrata/transport/adapters';
import type { Command } from './command.js';
import { ProcessStream } from './process-stream.js';

/** A transport that dials by starting a process: `command` says which leads to an endpoint. */
export function overProcess(command: (endpoint: Endpoint) => Command): Transport {
  return new ProcessTransport(command);
}

class ProcessTransport implements Transport {
  readonly name = 'process';
  readonly capabilities: Capabilities = {
    halfClose: true,
    reset: false, listen: false, bind: false, adopt: false, noDelay: false, keepAlive: false, typeOfService: false, open: false,
  };
  readonly #command: (endpoint: Endpoint) => Command;

  constructor(command: (endpoint: Endpoint) => Command) {
    this.#command = command;
  }

  connect(endpoint: Endpoint, sink: ConnectSink): Connection {
    const { file, args = [], connected, cwd, env } = this.#command(endpoint);
    const child = spawn(file, args, { cwd, env, stdio: 'pipe', windowsHide: true });
    const stream = new ProcessStream(child, endpoint, connected);
    const connection = fromNodeDuplex(stream, { remote: endpoint });
    connection.sink = sink;
    stream.on('connected', () => sink.onConnect());
    return connection;
  }
}
