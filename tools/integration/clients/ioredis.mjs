import { once } from 'node:events';
import { Redis } from 'ioredis';
import { portOfNobody, serve, server } from '../src/client/server.mjs';
import { bytes, failure, sha256, step, told } from '../src/client/step.mjs';

const { host, port, path, password } = server;
const tcp = { host, port, password };
const unix = { path, password };

/** Runs `work` with new clients. */
async function using(work, ...options) {
  const clients = options.map((one) => new Redis(one));
  try {
    return await work(...clients);
  } finally {
    await Promise.all(clients.map((client) => client.quit()));
  }
}

await using((redis) => redis.flushall(), tcp);

for (const [name, options] of Object.entries({ TCP: tcp, 'a UNIX socket': unix })) {
  await step(`commands over ${name}`, () =>
    using(async (redis) => {
      const answers = [await redis.set('key', 'wörld'), await redis.get('key'), await redis.incrby('number', 5), await redis.del('key', 'number')];
      const { stream } = redis;
      return { answers, remote: stream.remoteAddress, state: stream.readyState, peers: stream.address().address };
    }, options),
  );
}

await step('10,000 commands in a pipeline', () =>
  using(async (redis) => {
    const pipeline = redis.pipeline();
    for (let n = 0; n < 5_000; n += 1) pipeline.set(`p:${n}`, `value ${n}`).get(`p:${n}`);
    const answers = await pipeline.exec();
    return { length: answers.length, hash: sha256(...answers.map(([error, value]) => `${error}${value}`)) };
  }, tcp),
);

await step('5,000 commands in one tick, each on its own and with automatic pipelines', () =>
  using(
    async (...both) => {
      const answers = await Promise.all(both.map((redis) => Promise.all(Array.from({ length: 5_000 }, (_, n) => redis.echo(`${n}`)))));
      return answers.map((some) => sha256(...some));
    },
    tcp,
    { ...unix, enableAutoPipelining: true },
  ),
);

await step('transactions and scripts', () =>
  using(async (redis) => {
    const transaction = await redis.multi().set('a', 1).incr('a').lpush('a', 'x').exec();
    const script = await redis.eval("return {KEYS[1], ARGV[1], redis.call('incr', KEYS[1])}", 1, 'counter', 'argument');
    await redis.del('a', 'counter');
    return { transaction: transaction.map(([error, value]) => error?.message ?? value), script };
  }, tcp),
);

await step('values of 16 MB', () =>
  using(
    async (writer, reader) => {
      const value = bytes(16_000_000);
      await writer.set('big', value);
      const part = await reader.getrangeBuffer('big', 5_000_000, 5_999_999);
      const same = (await reader.getBuffer('big')).equals(value);
      await writer.del('big');
      return { same, part: part.equals(value.subarray(5_000_000, 6_000_000)) };
    },
    tcp,
    unix,
  ),
);

await step('publish and subscribe', () =>
  using(
    async (subscriber, publisher) => {
      const heard = [];
      const last = new Promise((resolve) => {
        subscriber.on('pmessage', (pattern, channel, message) => heard.push(`${channel} ${message}`));
        subscriber.on('message', (channel) => channel === 'end' && resolve());
      });
      await subscriber.psubscribe('news.*');
      await subscriber.subscribe('end');
      for (let n = 0; n < 2_000; n += 1) void publisher.publish(`news.${n % 7}`, `message ${n}`);
      await publisher.publish('end', 'now');
      await last;
      return { count: heard.length, hash: sha256(...heard) };
    },
    tcp,
    unix,
  ),
);

await step('streams with a reader that blocks', () =>
  using(
    async (reader, writer) => {
      const read = [];
      const reading = (async () => {
        for (let from = '0'; read.length < 300; ) {
          const [[, entries]] = await reader.xread('COUNT', 50, 'BLOCK', 0, 'STREAMS', 'log', from);
          read.push(...entries.map(([, fields]) => fields.join('=')));
          from = entries.at(-1)[0];
        }
      })();
      for (let n = 0; n < 300; n += 1) await writer.xadd('log', '*', 'n', n);
      await reading;
      await writer.del('log');
      return read;
    },
    tcp,
    tcp,
  ),
);

await step('a list that several wait for', () =>
  using(
    async (first, second, pusher) => {
      const waiting = [first.blpop('list', 0), second.blpop('list', 0)];
      await Promise.all([pusher.rpush('list', 'one'), pusher.rpush('list', 'two')]);
      return (await Promise.all(waiting)).map(([, value]) => value).sort();
    },
    tcp,
    unix,
    tcp,
  ),
);

await step('a scan as a stream', () =>
  using(async (redis) => {
    await redis.mset(Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`scan:${n}`, n])));
    const keys = new Set((await redis.scanStream({ match: 'scan:*', count: 50 }).toArray()).flat());
    return keys.size;
  }, tcp),
);

await step('it connects again after the server ended the connection, and asks again what was not answered', () =>
  using(
    async (redis, other) => {
      await redis.set('before', 'yes');
      const events = [];
      for (const name of ['close', 'reconnecting', 'connect', 'ready']) redis.on(name, () => events.push(name));
      const first = redis.stream;
      const ready = once(redis, 'ready');
      await other.client('KILL', 'ID', await redis.client('ID'));
      await ready;
      // A copy, without the events of the later close.
      return { events: [...events], another: redis.stream !== first, destroyed: first.destroyed, value: await redis.get('before') };
    },
    { ...tcp, retryStrategy: () => 1 },
    unix,
  ),
);

await step('it connects again after its socket was destroyed', () =>
  using(
    async (redis) => {
      await redis.set('n', 1);
      const ready = once(redis, 'ready');
      redis.stream.destroy();
      const answers = await Promise.all([redis.incr('n'), redis.incr('n')]);
      await ready;
      return answers;
    },
    { ...unix, retryStrategy: () => 1 },
  ),
);

/** The error of a client that gives up at once. */
async function refused(options) {
  const redis = new Redis({ retryStrategy: () => null, lazyConnect: true, ...options });
  const errors = [];
  redis.on('error', (error) => errors.push(told(error)));
  const connect = await failure(redis.connect());
  redis.disconnect();
  return { errors, connect };
}

await step('what is refused', async () => {
  const nobody = portOfNobody();
  return {
    port: await refused({ ...tcp, port: nobody }),
    path: (await refused({ path: `${path}-nowhere` })).errors.map(({ code, syscall }) => `${code} ${syscall}`),
    password: await refused({ ...tcp, password: 'wrong' }),
  };
});

await step('a server that says nothing', async () => {
  const silent = await serve((socket) => socket.resume());
  const redis = new Redis({ host, port: silent.port, commandTimeout: 200, retryStrategy: () => null, enableReadyCheck: false });
  redis.on('error', () => {}); // its own first command times out too
  const error = await failure(redis.get('key'));
  redis.disconnect();
  await silent.close();
  return error;
});

await step('an answer in pieces of one byte', async () => {
  const answer = '$5\r\nhello\r\n*2\r\n:1\r\n$-1\r\n';
  const slow = await serve((socket) => {
    socket.setNoDelay(true).once('data', async () => {
      for (const byte of answer) await new Promise((resolve) => void socket.write(byte, resolve));
    });
  });
  const redis = new Redis({ host, port: slow.port, enableReadyCheck: false, disableClientInfo: true, protocol: 2 });
  const answers = await Promise.all([redis.get('a'), redis.lrange('b', 0, 1)]);
  redis.disconnect();
  await slow.close();
  return answers;
});
