import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import copy from 'pg-copy-streams';
import { certificate, folder, portOfNobody, serve, server } from '../src/client/server.mjs';
import { bytes, failure, sha256, step } from '../src/client/step.mjs';

const { user, password, database } = server;
const access = { user, password, database };
const tcp = { ...access, host: server.host, port: server.port };
const path = { ...access, host: server.folder, port: server.port };

async function connected(options = tcp) {
  const client = new pg.Client(options);
  await client.connect();
  return client;
}

/** Runs `work` with a new client. */
async function using(options, work) {
  const client = await connected(options);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const typed = "select 1::int as i, 2.5::float8 as f, 'é€😀' as t, null as n, array[1,2] as a, '{\"b\":[1]}'::jsonb as j, timestamptz '2020-02-03 04:05:06Z' as d, '\\x00ff'::bytea as y";

for (const [name, options] of Object.entries({ TCP: tcp, 'a UNIX socket': path })) {
  await step(`rows of all types over ${name}`, () =>
    using(options, async (client) => {
      const { rows, fields } = await client.query(typed);
      const { stream } = client.connection;
      return { rows, columns: fields.map((field) => field.name), remote: stream.remoteAddress, state: stream.readyState };
    }),
  );
}

await step('TLS over a socket that is already connected', () =>
  using({ ...tcp, ssl: { ca: certificate.cert } }, async (client) => {
    const { stream } = client.connection;
    const { rows } = await client.query('select ssl, length($1) as n from pg_stat_ssl where pid = pg_backend_pid()', ['x'.repeat(1_000_000)]);
    return { rows, encrypted: stream.encrypted, authorized: stream.authorized };
  }),
);

await step('prepared statements, many in one tick', () =>
  using(tcp, async (client) => {
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, n) => client.query({ name: 'square', text: 'select $1::int * $1::int as square', values: [n] })),
    );
    return answers.map(({ rows }) => rows[0].square);
  }),
);

await step('10 MB each way in one value', () =>
  using(path, async (client) => {
    const value = bytes(10_000_000);
    const { rows } = await client.query('select $1::bytea as value, md5($1::bytea) as md5', [value]);
    return { same: rows[0].value.equals(value), md5: rows[0].md5 };
  }),
);

await step('a result of 100,000 rows', () =>
  using(tcp, async (client) => {
    const { rows, rowCount } = await client.query("select n, repeat('row ' || n, 5) as text from generate_series(1, 100000) n");
    return { rowCount, hash: sha256(...rows.map(({ n, text }) => `${n}${text}`)) };
  }),
);

await step('COPY in and out through streams', () =>
  using(tcp, async (client) => {
    await client.query('create temp table copied (n int, text text)');
    const lines = Array.from({ length: 100_000 }, (_, n) => `${n}\tline ${n} ${'·'.repeat(n % 50)}\n`);
    await pipeline(Readable.from(lines), client.query(copy.from('copy copied from stdin')));
    const out = client.query(copy.to('copy (select * from copied order by n) to stdout'));
    const chunks = await out.toArray();
    const { rows } = await client.query('select count(*)::int as n from copied');
    return { rows, hash: sha256(...chunks), same: sha256(...chunks) === sha256(...lines) };
  }),
);

await step('a slow reader of COPY gets all of it', () =>
  using(path, async (client) => {
    const out = client.query(copy.to("copy (select repeat('x', 1000) from generate_series(1, 20000)) to stdout"));
    let length = 0;
    for await (const chunk of out) {
      length += chunk.length;
      await new Promise((resolve) => void setImmediate(resolve));
    }
    return length;
  }),
);

await step('a pool serves more queries than it has connections', async () => {
  const pool = new pg.Pool({ ...tcp, max: 4 });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => pool.query('select $1::int as n, pg_backend_pid() as pid', [n])));
  const connections = new Set(answers.map(({ rows }) => rows[0].pid)).size;
  const before = { total: pool.totalCount, idle: pool.idleCount, connections };
  await pool.end();
  return { before, answers: answers.map(({ rows }) => rows[0].n), after: pool.totalCount };
});

await step('LISTEN and NOTIFY', () =>
  using(tcp, (listener) =>
    using(path, async (sender) => {
      const heard = [];
      const done = new Promise((resolve) => {
        listener.on('notification', ({ channel, payload }) => {
          heard.push(`${channel}: ${payload}`);
          if (payload === 'last') resolve();
        });
      });
      await listener.query('listen news');
      for (let n = 0; n < 200; n += 1) void sender.query(`notify news, '${n}'`);
      await sender.query("notify news, 'last'");
      await done;
      return heard;
    }),
  ),
);

await step('a query is cancelled through another connection', () =>
  using(tcp, async (client) => {
    const query = new pg.Query('select pg_sleep(60)');
    const ended = failure(new Promise((resolve, reject) => query.on('error', reject).on('end', resolve)));
    client.query(query);
    await using(tcp, async (other) => {
      const running = 'select 1 from pg_stat_activity where pid = $1 and wait_event = $2';
      while ((await other.query(running, [client.processID, 'PgSleep'])).rowCount === 0);
    });
    new pg.Client(tcp).cancel(client, query);
    const { code, message } = await ended;
    return { code, message, next: (await client.query('select 1 as one')).rows };
  }),
);

await step('errors of queries leave the connection in order', () =>
  using(tcp, async (client) => {
    const errors = await Promise.all(['select 1/0', 'nonsense', 'select * from missing'].map((text) => failure(client.query(text))));
    return { errors, next: (await client.query('select 2 as two')).rows };
  }),
);

await step('a connection that the server ends', async () => {
  const client = await connected();
  const codes = [];
  client.on('error', ({ code, message }) => codes.push(code ?? message));
  const ended = new Promise((resolve) => client.once('end', resolve)); // `once` of node:events would reject at the error
  await using(tcp, (other) => other.query('select pg_terminate_backend($1)', [client.processID]));
  await ended;
  return { codes, destroyed: client.connection.stream.destroyed, next: await failure(client.query('select 1')) };
});

await step('what is refused', async () => {
  const nobody = portOfNobody();
  return {
    password: await failure(connected({ ...tcp, password: 'wrong' })),
    port: await failure(connected({ ...tcp, port: nobody })),
    path: (await failure(connected({ ...path, host: `${folder}/nowhere` }))).code,
  };
});

await step('a server that says nothing, or hangs up', async () => {
  const silent = await serve((socket) => socket.resume());
  const rude = await serve((socket) => socket.once('data', () => socket.destroy()));
  const outcome = {
    silent: await failure(connected({ ...tcp, port: silent.port, connectionTimeoutMillis: 200 })),
    rude: (await failure(connected({ ...tcp, port: rude.port }))).message,
  };
  await silent.close();
  await rude.close();
  return outcome;
});

await step('many connections come and go', () =>
  Promise.all(
    Array.from({ length: 40 }, (_, n) => using(n % 2 ? tcp : path, async (client) => (await client.query('select $1::int as n', [n])).rows[0].n)),
  ),
);
