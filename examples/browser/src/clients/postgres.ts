import pg from 'pg';
import type { Access } from './access.js';

/** A table: the names of its columns, and its rows as text. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly command: string;
}

type Client = pg.ClientConfig;

/** Asks one question on a connection of its own. `ca` means TLS, and is what must have signed the server's certificate. */
export async function ask(access: Access['postgres'], text: string, ca?: string): Promise<Table> {
  const client = new pg.Client(optionsOf(access, ca));
  // What breaks the connection is the error of the query as well.
  client.on('error', () => {});
  try {
    await client.connect();
    const { fields, rows, command } = await client.query<(string | null)[]>({ text, rowMode: 'array', types: { getTypeParser: () => String } });
    return { columns: fields.map(({ name }) => name), rows, command };
  } finally {
    await client.end().catch(() => {});
  }
}

const optionsOf = ({ host, port, user, password, database }: Access['postgres'], ca: string | undefined): Client =>
  ({ host, port, user, password, database, ...(ca !== undefined && { ssl: { ca } }) });

/** Some work: types, a prepared statement, a transaction, an error of the server, a notification. */
export async function work(access: Access['postgres']): Promise<unknown> {
  const client = new pg.Client(optionsOf(access, undefined));
  await client.connect();
  try {
    const { rows } = await client.query<object>("select 1::int as i, 2.5::float8 as f, 'é€😀' as t, null as n, array[1,2] as a, '{\"b\":[1]}'::jsonb as j");
    const squares: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      const answer = await client.query<{ square: number }>({ name: 'square', text: 'select $1::int * $1::int as square', values: [n] });
      squares.push(answer.rows[0].square);
    }
    await client.query('begin');
    const failed = await client.query('select 1/0').then(() => null, (error: unknown) => (error as { code: string }).code);
    await client.query('rollback');
    const heard = new Promise((resolve) => client.on('notification', ({ channel, payload }) => { resolve(`${channel}: ${payload}`); }));
    await client.query('listen news');
    await client.query("notify news, 'hello'");
    const large = (await client.query<{ length: number }>('select length($1::text) as length', ['x'.repeat(1_000_000)])).rows[0].length;
    return { rows, squares, failed, heard: await heard, large };
  } finally {
    await client.end();
  }
}
