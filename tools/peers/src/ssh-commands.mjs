import { spawn } from 'node:child_process';
import { once } from 'node:events';
import ssh2 from 'ssh2';
import { programOf } from './programs.mjs';

/**
 * `ssh` on the way to a server of the package `ssh2`, which runs one command for whoever asks: sshd gives commands to the shell of a user of the system, and
 * whom tests run as may have none.
 * @param {string[]} command
 * @returns {Promise<{ spawn(): import('node:child_process').ChildProcessWithoutNullStreams, stop(): void } | string>} or why it is not there
 */
export async function sshTo([file, ...args]) {
  const ssh = await programOf('ssh');
  if (typeof ssh === 'string') return `ssh: ${ssh}`;
  const server = new ssh2.Server({ hostKeys: [ssh2.utils.generateKeyPairSync('ed25519').private] }, (client) => {
    client.on('error', () => {}).on('authentication', (asked) => asked.accept());
    client.on('session', (acceptSession) => acceptSession().on('exec', (acceptCommand) => {
      const stream = acceptCommand();
      const child = spawn(file, args, { stdio: 'pipe' });
      stream.on('error', () => {}).pipe(child.stdin.on('error', () => {}));
      child.stdout.pipe(stream, { end: false });
      child.stderr.pipe(stream.stderr, { end: false });
      child.on('close', (code) => {
        stream.exit(code ?? 1);
        stream.end();
      });
    }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes', 'LogLevel=ERROR'].flatMap((one) => ['-o', one]);
  return {
    spawn: () => spawn(ssh.file, ['-F', '/dev/null', '-T', ...options, '-p', `${server.address().port}`, 'anybody@127.0.0.1', 'far'], { stdio: 'pipe', env: { ...process.env, ...ssh.env } }),
    stop: () => server.close(),
  };
}
