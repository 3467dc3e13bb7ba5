import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import net from 'node:net';
import { promisify } from 'node:util';
import ssh2 from 'ssh2';
import { folder, portOfNobody, serve } from '../src/client/server.mjs';
import { serveSsh } from '../src/client/ssh-server.mjs';
import { bytes, failure, sha256, step } from '../src/client/step.mjs';

const files = `${folder}/files`;
await mkdir(files);
const tcp = await serveSsh(files);
const unix = await serveSsh(files, 'ssh');

async function connected(options) {
  const client = new ssh2.Client();
  const ready = once(client, 'ready');
  client.on('error', () => {}); // it may fail more than once
  client.connect({ host: '127.0.0.1', port: tcp.port, username: 'tester', password: 'secret', ...options });
  client.setNoDelay(true);
  await ready;
  return client;
}

/** Runs `work` with a new client. */
async function using(work, options) {
  const client = await connected(options);
  const closed = once(client, 'close');
  try {
    return await work(client);
  } finally {
    client.end();
    await closed;
  }
}

const call = (object, method, ...args) => promisify(object[method]).apply(object, args);

/** Runs a command with an input. */
async function exec(client, command, input = '') {
  const channel = await call(client, 'exec', command);
  const errors = channel.stderr.toArray();
  channel.end(input);
  const ended = once(channel, 'close');
  const output = Buffer.concat(await channel.toArray());
  const [code] = await ended;
  return { code, output, errors: `${Buffer.concat(await errors)}` };
}

const echo = await serve((socket) => socket.pipe(socket));
const echoUnix = await serve((socket) => socket.pipe(socket), 'echo');

/** Sends data through a stream that echoes it. */
async function roundTrip(stream, data) {
  stream.end(data);
  return sha256(...(await stream.toArray())) === sha256(data);
}

for (const [name, options] of Object.entries({ TCP: () => ({}), 'a socket that the caller connected, to a path': () => ({ sock: net.connect(unix.path) }) })) {
  await step(`commands over ${name}`, () =>
    using(async (client) => {
      const { output, ...rest } = await exec(client, 'cat', 'hello');
      return { rest, output: `${output}`, fail: await exec(client, 'fail').then(({ code, errors }) => ({ code, errors })), missing: (await failure(exec(client, 'missing'))).message };
    }, options()),
  );
}

await step('8 MB each way through a command', () =>
  using(async (client) => {
    const data = bytes(8_000_000);
    const { output, code } = await exec(client, 'cat', data);
    return { code, same: output.equals(data) };
  }),
);

await step('a reader that pauses holds the sender back, and gets all of it', () =>
  using(async (client) => {
    const channel = await call(client, 'exec', 'flood');
    let length = 0;
    let pauses = 0;
    for await (const chunk of channel) {
      length += chunk.length;
      if ((pauses += 1) % 20 === 0) await new Promise((resolve) => void setImmediate(resolve));
    }
    return length;
  }),
);

await step('fifty commands at a time over one connection', () =>
  using(async (client) => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => exec(client, 'cat', `number ${n}`)));
    return answers.map(({ output, code }) => `${output} ${code}`);
  }),
);

await step('a shell', () =>
  using(async (client) => {
    const shell = await call(client, 'shell');
    const [prompt] = await once(shell, 'data');
    shell.write('loud\n');
    const [answer] = await once(shell, 'data');
    shell.end('exit\n');
    return [prompt, answer, ...(await shell.toArray())].map(String);
  }),
);

await step('files', () =>
  using(async (client) => {
    const sftp = await call(client, 'sftp');
    const data = bytes(6_000_000);
    writeFileSync(`${folder}/local`, data);
    await call(sftp, 'fastPut', `${folder}/local`, 'big');
    await call(sftp, 'fastGet', 'big', `${folder}/back`);
    await call(sftp, 'writeFile', 'small', 'some text');
    const streamed = await sftp.createReadStream('big', { start: 1_000_000, end: 2_999_999 }).toArray();
    const names = (await call(sftp, 'readdir', '.')).map(({ filename }) => filename);
    const small = `${await call(sftp, 'readFile', 'small')}`;
    await call(sftp, 'unlink', 'small');
    return {
      same: readFileSync(`${folder}/back`).equals(data) && readFileSync(`${files}/big`).equals(data),
      part: Buffer.concat(streamed).equals(data.subarray(1_000_000, 3_000_000)),
      names,
      small,
      missing: (await failure(call(sftp, 'stat', 'small'))).message,
    };
  }),
);

await step('tunnels to a port and to a path', () =>
  using(async (client) => {
    const data = bytes(2_000_000);
    return {
      port: await roundTrip(await call(client, 'forwardOut', '127.0.0.1', 0, '127.0.0.1', echo.port), data),
      path: await roundTrip(await call(client, 'openssh_forwardOutStreamLocal', echoUnix.path), data),
      nowhere: (await failure(call(client, 'openssh_forwardOutStreamLocal', `${folder}/nowhere`))).message,
    };
  }),
);

await step('a tunnel back, for many connections', () =>
  using(async (client) => {
    client.on('tcp connection', (info, accept) => {
      const channel = accept();
      channel.pipe(channel);
    });
    const port = await call(client, 'forwardIn', '127.0.0.1', 0);
    const data = bytes(200_000);
    const same = await Promise.all(Array.from({ length: 20 }, () => roundTrip(net.connect(port, '127.0.0.1'), data)));
    await call(client, 'unforwardIn', '127.0.0.1', port);
    return same;
  }),
);

await step('a connection through a connection', () =>
  using(async (outer) => {
    const sock = await call(outer, 'forwardOut', '127.0.0.1', 0, '127.0.0.1', tcp.port);
    return using(async (inner) => `${(await exec(inner, 'cat', 'deep')).output}`, { sock });
  }),
);

await step('how connections end', async () => {
  const destroyed = await connected();
  const channel = await call(destroyed, 'exec', 'hang');
  channel.resume();
  const closed = [once(channel, 'close'), once(destroyed, 'close')];
  destroyed.destroy();
  await Promise.all(closed);
  const cut = await connected();
  const cutClosed = new Promise((resolve) => void cut.on('error', () => {}).on('close', resolve));
  for (const socket of tcp.sockets) socket.destroy();
  await cutClosed;
  return { after: (await failure(call(destroyed, 'exec', 'cat'))).message, cut: (await failure(call(cut, 'exec', 'cat'))).message };
});

await step('what is refused', async () => {
  const nobody = portOfNobody();
  const silent = await serve((socket) => socket.resume());
  const outcome = {
    password: await failure(connected({ password: 'wrong' })),
    port: await failure(connected({ port: nobody })),
    silent: await failure(connected({ port: silent.port, readyTimeout: 200 })),
  };
  await silent.close();
  return outcome;
});

await Promise.all([tcp, unix, echo, echoUnix].map((one) => one.close()));
