import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { scenario } from '../src/scenario.js';

type WithHandle = Socket & { _handle: { fd: number } | null };

scenario('a socket from a descriptor', { media: ['ipc', 'tcp4'] }, async (t) => {
  if (process.platform === 'win32') return;
  // The other end of a pipe to a child process is a UNIX socket that this process has no stream for yet.
  const child = spawn('cat', { stdio: ['pipe', 'pipe', 'inherit'] });
  const shell = child.stdin as unknown as WithHandle;
  const fd = openSync(`/dev/null`, 'r');
  t.attempt('of a file', () => new t.net.Socket({ fd }));
  closeSync(fd);
  t.log('has a descriptor', shell._handle!.fd > 2);
  child.stdin.end();
  child.stdout.resume();
  await t.once(child, 'close');
});

scenario('a socket over a handle that another socket gave away', async (t) => {
  const { client, peer } = await t.pair();
  const handle = (client as WithHandle)._handle;
  t.log('has one', handle !== null);
  (client as WithHandle)._handle = null;
  const again = t.watch(t.track(new t.net.Socket({ handle, allowHalfOpen: false } as never)), 'again', { data: true });
  t.log('state', again.readyState, again.pending, again.connecting, again.remoteFamily);
  t.watch(peer, 'peer', { data: true });
  peer.write('to the new one');
  await t.once(again, 'data');
  again.end('from the new one');
  await t.closed(again);
});
