import { spawn, execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@netstrata/integration/src/servers/daemon.mjs';
import { programOf } from './programs.mjs';

// As root they run as `nobody`: sshd needs a folder of the system's otherwise.
const isRoot = process.getuid?.() === 0;
const NOBODY = isRoot ? { uid: 65534, gid: 65534 } : {};
const user = isRoot ? 'nobody' : userInfo().username;

const START_MS = 15_000;

const accepts = (port) =>
  new Promise((resolve) => {
    const probe = net.connect(port, '127.0.0.1', () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', () => resolve(false));
  });

/** Runs a program until `stop`, and waits until it accepts connections. `said` gives what it has written. */
async function run({ file, env }, args, port, folder) {
  const child = spawn(file, args, { cwd: folder, env: { ...process.env, LC_ALL: 'C', ...env }, stdio: ['ignore', 'pipe', 'pipe'], ...NOBODY });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said = `${said}${text}`.slice(-4000)));
  let ended = null;
  const end = new Promise((resolve) => {
    child.on('error', (error) => resolve((ended = error.message)));
    child.on('close', (code, signal) => resolve((ended = `ended with ${signal ?? code}`)));
  });
  const stop = async () => {
    child.kill('SIGKILL');
    await end;
  };
  const until = Date.now() + START_MS;
  while (!(await accepts(port))) {
    if (ended === null && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    else {
      await stop();
      throw new Error(`${file}: ${ended}\n${said}`);
    }
  }
  return { stop, said: () => said };
}

/** A folder of the program's own, and how to remove it. */
function ownFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'netstrata-socks-'));
  if (isRoot) chownSync(folder, NOBODY.uid, NOBODY.gid);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function ownFile(folder, name, text, mode = 0o600) {
  const path = join(folder, name);
  if (text !== null) writeFileSync(path, text);
  chmodSync(path, mode);
  if (isRoot) chownSync(path, NOBODY.uid, NOBODY.gid);
  return path;
}

/** Starts it; gives its port and its URL, or why it is not there. */
async function started(names, start) {
  const programs = [];
  for (const name of names) {
    const found = await programOf(name);
    if (typeof found === 'string') return `${name}: ${found}`;
    programs.push(found);
  }
  const { folder, remove } = ownFolder();
  try {
    const { port, running } = await start(programs, folder);
    return {
      port,
      url: `socks5://127.0.0.1:${port}`,
      said: running[0].said,
      stop: async () => {
        for (const { stop } of running) await stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    return error.message;
  }
}

export const startMicrosocks = (credentials) =>
  started(['microsocks'], async ([program], folder) => {
    const port = await freePort();
    const who = credentials ? ['-u', credentials.user, '-P', credentials.password] : [];
    return { port, running: [await run(program, ['-i', '127.0.0.1', '-p', `${port}`, ...who], port, folder)] };
  });

export const startDante = () =>
  started(['danted'], async ([program], folder) => {
    const port = await freePort();
    const configuration = `
      logoutput: stderr
      internal: 127.0.0.1 port = ${port}
      external: 127.0.0.1
      clientmethod: none
      socksmethod: none
      user.privileged: ${user}
      user.unprivileged: ${user}
      client pass { from: 0/0 to: 0/0 }
      socks pass { from: 0/0 to: 0/0 command: bind connect udpassociate }
      socks pass { from: 0/0 to: 0/0 command: bindreply udpreply }
    `;
    const file = ownFile(folder, 'danted.conf', configuration);
    return { port, running: [await run(program, ['-f', file, '-p', join(folder, 'pid')], port, folder)] };
  });

/** `ssh -D`, to a server with keys of its own. */
export const startSsh = () =>
  started(['sshd', 'ssh', 'ssh-keygen'], async ([sshd, ssh, keygen], folder) => {
    for (const name of ['host', 'user']) {
      execFileSync(keygen.file, ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)], { env: { ...process.env, ...keygen.env } });
      for (const part of [name, `${name}.pub`]) ownFile(folder, part, null);
    }
    const [server, port] = [await freePort(), await freePort()];
    const settings = [
      `Port ${server}`, 'ListenAddress 127.0.0.1', `HostKey ${join(folder, 'host')}`, `AuthorizedKeysFile ${join(folder, 'user.pub')}`,
      'StrictModes no', 'UsePAM yes', `PidFile ${join(folder, 'pid')}`, 'AllowTcpForwarding yes', 'UseDNS no',
    ];
    const file = ownFile(folder, 'sshd.conf', `${settings.join('\n')}\n`);
    const running = [await run(sshd, ['-D', '-e', '-f', file], server, folder)];
    try {
      const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'IdentitiesOnly=yes', 'BatchMode=yes', 'ExitOnForwardFailure=yes'];
      const args = ['-F', '/dev/null', '-N', '-D', `127.0.0.1:${port}`, '-p', `${server}`, '-i', join(folder, 'user'), ...options.flatMap((one) => ['-o', one]), `${user}@127.0.0.1`];
      running.unshift(await run(ssh, args, port, folder));
    } catch (error) {
      for (const { stop } of running) await stop();
      throw error;
    }
    return { port, running };
  });
