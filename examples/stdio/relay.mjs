#!/usr/bin/env node
// What `nc -N` does: connects to a path, or to a host and a port, and relays between that and its standard input and output.
import { connect, Socket } from 'node:net';

const [first, port] = process.argv.slice(2);
const where = port === undefined ? { path: first } : { host: first, port: Number(port) };

// Node's own process.stdout cannot be ended.
const output = new Socket({ fd: 1, readable: false, writable: true });
const socket = connect({ ...where, allowHalfOpen: true }, () => process.stderr.write('connected\n'));
process.stdin.pipe(socket).pipe(output);

socket.on('error', (error) => {
  process.stderr.write(`${error.message}\n`, () => process.exit(1));
});
output.on('error', () => socket.destroy());
socket.on('close', (failed) => failed || output.end(() => process.exit(0)));
