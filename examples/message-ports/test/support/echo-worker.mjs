// A thread with a server of its own, over what is built: threads load no TypeScript.
import { parentPort, workerData } from 'node:worker_threads';
import { createNet } from '@netstrata/net-compat/core';
import { overPorts } from '@netstrata/example-message-ports';

const net = createNet({ ipc: overPorts(workerData.trunk) });
net.createServer((socket) => socket.pipe(socket)).listen('echo', () => parentPort.postMessage('listening'));
