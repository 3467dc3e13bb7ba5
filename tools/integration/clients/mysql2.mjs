import { Readable } from 'node:stream';
import mysql from 'mysql2/promise';
import { certificate, portOfNobody, serve, server } from '../src/client/server.mjs';
import { bytes, failure, sha256, step } from '../src/client/step.mjs';

const { host, port, path, user, password, database } = server;
const access = { user, password, database };
const tcp = { ...access, host, port };
const unix = { ...access, socketPath: path };

/** Runs `work` with a new connection. */
async function using(options, work) {
  const connection = await mysql.createConnection(options);
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

await using(tcp, async (connection) => {
  await connection.query('drop table if exists things, lines_in');
  await connection.query('create table things (id int primary key, text varchar(200), data longblob, price decimal(10,2), at datetime)');
  await connection.query('create table lines_in (n int, text varchar(100))');
});

const typed = "select 1 as i, 2.5e0 as f, 'é€😀' as t, null as n, cast('2020-02-03 04:05:06' as datetime) as d, x'00ff' as y, 12345678901234567890 as big";

for (const [name, options] of Object.entries({ TCP: tcp, 'a UNIX socket': unix })) {
  await step(`rows of all types over ${name}`, () =>
    using({ ...options, dateStrings: true, supportBigNumbers: true }, async (connection) => {
      const [rows, fields] = await connection.query(typed);
      const { stream } = connection.connection;
      return { rows, columns: fields.map((field) => field.name), remote: stream.remoteAddress, state: stream.readyState };
    }),
  );
}

await step('TLS over a socket that is already connected', () =>
  using({ ...tcp, host: 'localhost', ssl: { ca: certificate.cert } }, async (connection) => {
    const [rows] = await connection.query("select variable_value <> '' as encrypted from information_schema.session_status where variable_name = 'Ssl_cipher'");
    const [[{ length }]] = await connection.execute('select length(?) as length', ['x'.repeat(1_000_000)]);
    return { rows, length };
  }),
);

await step('compression', () =>
  using({ ...tcp, compress: true }, async (connection) => {
    const text = 'compressible '.repeat(100_000);
    const [[row]] = await connection.query('select ? as text, md5(?) as md5', [text, text]);
    return { same: row.text === text, md5: row.md5 };
  }),
);

await step('prepared statements', () =>
  using(tcp, async (connection) => {
    const insert = await connection.prepare('insert into things values (?, ?, ?, ?, ?)');
    for (let id = 0; id < 100; id += 1) await insert.execute([id, `thing ${id}`, bytes(100, id + 1), id / 4, '2020-01-02 03:04:05']);
    await insert.close();
    const [rows] = await connection.execute('select id, text, md5(data) as md5, price from things where id % ? = 0 order by id', [7]);
    return rows;
  }),
);

await step('many statements in one tick', () =>
  using(unix, async (connection) => {
    const answers = await Promise.all(Array.from({ length: 500 }, (_, n) => connection.execute('select ? * 2 as twice', [n])));
    return answers.map(([[row]]) => row.twice);
  }),
);

await step('a blob of 20 MB each way, which takes two packets', () =>
  using(tcp, async (connection) => {
    const data = bytes(20_000_000);
    await connection.execute('replace into things (id, data) values (1000, ?)', [data]);
    const [[row]] = await connection.query('select data, md5(data) as md5 from things where id = 1000');
    await connection.query('delete from things where id = 1000');
    return { same: row.data.equals(data), md5: row.md5 };
  }),
);

await step('rows as a stream that is paused now and then', () =>
  using(unix, async (connection) => {
    const rows = connection.connection.query("select seq, repeat('row ', 50) as text from seq_1_to_50000").stream({ highWaterMark: 10 });
    let count = 0;
    let sum = 0;
    for await (const { seq } of rows) {
      count += 1;
      sum += seq;
      if (count % 1_000 === 0) await new Promise((resolve) => void setImmediate(resolve));
    }
    return { count, sum };
  }),
);

await step('several statements in one query, and several results', () =>
  using({ ...tcp, multipleStatements: true }, async (connection) => {
    const [results] = await connection.query('select 1 as a; select 2 as b, 3 as c; do 0; select 4 as d');
    return results.map((result) => (Array.isArray(result) ? result : { affected: result.affectedRows }));
  }),
);

await step('a file of lines goes in as a stream', () =>
  using(tcp, async (connection) => {
    const lines = Array.from({ length: 50_000 }, (_, n) => `${n}\tline ${n}\n`);
    const [{ affectedRows }] = await connection.query({
      sql: "load data local infile 'lines' into table lines_in",
      infileStreamFactory: () => Readable.from(lines.map((line) => Buffer.from(line))),
    });
    const [[row]] = await connection.query('select count(*) as count, cast(sum(n) as int) as sum from lines_in');
    return { affectedRows, ...row };
  }),
);

await step('transactions of two connections', () =>
  using(tcp, (first) =>
    using(unix, async (second) => {
      const price = async (connection) => (await connection.query('select price from things where id = 4'))[0][0].price;
      const prices = [];
      await first.beginTransaction();
      await first.query('update things set price = 99 where id = 4');
      prices.push(await price(first), await price(second));
      await first.rollback();
      prices.push(await price(first));
      return prices;
    }),
  ),
);

await step('a pool serves more queries than it has connections', async () => {
  const pool = mysql.createPool({ ...tcp, connectionLimit: 4 });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => pool.query('select ? as n, connection_id() as id', [n])));
  await pool.end();
  return { connections: new Set(answers.map(([[row]]) => row.id)).size, answers: answers.map(([[row]]) => row.n) };
});

await step('errors of queries leave the connection in order', () =>
  using(unix, async (connection) => {
    const errors = [];
    for (const text of ['nonsense', 'select * from missing', 'insert into things (id) values (1)']) errors.push(await failure(connection.query(text)));
    return { errors, hash: sha256(JSON.stringify((await connection.query('select 2 as two'))[0])) };
  }),
);

await step('a connection that the server ends', async () => {
  const connection = await mysql.createConnection(tcp);
  const { threadId } = connection;
  const sleeping = failure(connection.query('select sleep(60)'));
  await using(unix, async (other) => {
    const running = "select 1 from information_schema.processlist where id = ? and state = 'User sleep'";
    while ((await other.query(running, [threadId]))[0].length === 0);
    await other.query(`kill ${threadId}`);
  });
  return { error: await sleeping, next: await failure(connection.query('select 1')) };
});

await step('what is refused', async () => {
  const nobody = portOfNobody();
  const connect = (options) => failure(using(options, () => {}));
  return {
    password: await connect({ ...unix, password: 'wrong' }),
    port: await connect({ ...tcp, port: nobody }),
    path: (await connect({ ...unix, socketPath: `${path}-nowhere` })).code,
  };
});

await step('a server that says nothing, or hangs up', async () => {
  const silent = await serve((socket) => socket.resume());
  const rude = await serve((socket) => socket.end());
  const connect = (port, more) => failure(mysql.createConnection({ ...tcp, port, ...more }));
  const outcome = { silent: await connect(silent.port, { connectTimeout: 200 }), rude: await connect(rude.port) };
  await silent.close();
  await rude.close();
  return outcome;
});
