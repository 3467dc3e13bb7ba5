import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fortyLines } from '@netstrata/example-custom-transport';
import type { Transport } from '@netstrata/transport';
import { compliance } from '@netstrata/transport/compliance';
import { ipc } from '@netstrata/transport-ipc';
import { createNetwork } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import { root } from '../pages.js';

interface Suite {
  readonly title: string;
  readonly tests: number;
}

/** How many tests the compliance suite has for a transport: it depends on what that can do. */
function testsOf(transport: Transport): number {
  let tests = 0;
  const describe = (_title: string, body: () => void) => { body(); };
  compliance({ describe, it: () => { tests++; } }, { transport, listenEndpoint: () => ({ address: '127.0.0.1', port: 0, family: 'IPv4' }) });
  return tests;
}

export function suites(): Suite[] {
  const lines = readFileSync(join(root, 'examples/custom-transport/src/forty-lines.ts'), 'utf8').split('\n').filter((line) => line.trim() !== '').length;
  return [
    { title: 'TCP', tests: testsOf(tcp) },
    { title: 'UNIX sockets and pipes', tests: testsOf(ipc) },
    { title: 'a network in memory', tests: testsOf(createNetwork().host('here').tcp) },
    { title: `an example of ${lines} lines`, tests: testsOf(fortyLines) },
  ];
}
