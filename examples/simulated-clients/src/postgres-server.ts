import type { Net, Server, Socket } from '@netstrata/net-compat/core';
import { int16, int32, message, Messages, text, value, type Message, type Part } from './postgres-messages.js';
import { Scram } from './scram.js';

/** What came of a query: names of columns and rows of texts, and what was done (`SELECT 1`). */
export interface Result {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly done: string;
}

/** The database itself: throws what the client shall be told. */
export type Database = (query: string, values: readonly (string | null)[]) => Result;

/** `select $1, $2` and no more. */
const selectValues: Database = (query, values) => {
  if (!query.startsWith('select')) throw new Error(`syntax error at or near "${query}"`);
  return { columns: values.map((_, i) => `column${i + 1}`), rows: [values], done: 'SELECT 1' };
};

const TEXT = 25;
const ready = message('Z', Buffer.from('I'));
const welcome = [message('R', int32(0)), message('S', text('client_encoding'), text('UTF8')), message('K', int32(1), int32(1)), ready];

/** The server's side of the PostgreSQL protocol, version 3. All values are texts; everybody is trusted, unless there is a password. */
export function postgresServer(net: Pick<Net, 'createServer'>, database: Database = selectValues, password?: string): Server {
  const server = net.createServer((socket) => {
    const session = new Session(socket, database, password === undefined ? null : new Scram(password));
    const messages = new Messages();
    socket.on('data', (chunk) => {
      for (const one of messages.add(chunk as Uint8Array)) session.take(one);
    });
    socket.on('error', () => {}); // 'close' follows
  });
  server.on('error', () => {}); // whom it could not accept may try again
  return server;
}

/** One connection. The extended query comes as Parse, Bind, Describe, Execute and Sync; after an error all but Sync is passed over. */
class Session {
  readonly #socket: Socket;
  readonly #database: Database;
  readonly #scram: Scram | null;
  readonly #prepared = new Map<string, string>();
  #isChallenged = false;
  #result: Result | null = null;
  #hasFailed = false;

  constructor(socket: Socket, database: Database, scram: Scram | null) {
    this.#socket = socket;
    this.#database = database;
    this.#scram = scram;
  }

  take({ type, body }: Message): void {
    if (type === 'S') {
      this.#hasFailed = false;
      this.#send(ready);
    } else if (!this.#hasFailed) {
      try {
        this.#answer(type, body);
      } catch (error) {
        this.#hasFailed = type !== 'Q';
        this.#send(failure(error as Error), ...(type === 'Q' ? [ready] : []));
      }
    }
  }

  #answer(type: string, body: Message['body']): void {
    switch (type) {
      case 'startup': // who it is, and what it wants: never mind
        if (this.#scram === null) this.#send(...welcome);
        else this.#send(message('R', int32(10), text('SCRAM-SHA-256'), text('')));
        return;
      case 'p': this.#authenticate(body); return; // what proves a password
      case 'Q': { // a simple query
        const result = this.#database(body.text(), []);
        this.#send(columns(result), ...rows(result), ready);
        return;
      }
      case 'P': // Parse
        this.#prepared.set(body.text(), body.text());
        this.#send(message('1'));
        return;
      case 'B': { // Bind: portal, statement, formats, values
        body.text();
        const query = this.#prepared.get(body.text())!;
        for (let formats = body.int16(); formats > 0; formats--) body.int16();
        this.#result = this.#database(query, Array.from({ length: body.int16() }, () => body.value()));
        this.#send(message('2'));
        return;
      }
      case 'D': this.#send(columns(this.#result!)); return; // Describe
      case 'E': this.#send(...rows(this.#result!)); return; // Execute
      case 'C': this.#send(message('3')); return; // Close
      case 'H': return; // Flush: nothing waits here
      case 'X': this.#socket.end(); return; // Terminate
      default: throw new Error(`no message ${type} here`);
    }
  }

  #authenticate(body: Message['body']): void {
    if (this.#isChallenged) {
      this.#send(message('R', int32(12), Buffer.from(this.#scram!.verdict(body.rest()))), ...welcome);
      return;
    }
    this.#isChallenged = true;
    body.text();
    this.#send(message('R', int32(11), Buffer.from(this.#scram!.challenge(body.value()!))));
  }

  #send(...messages: readonly Part[]): void {
    this.#socket.write(Buffer.concat(messages));
  }
}

function columns({ columns: names }: Result): Part {
  // Name, table, number in it, type, size (it varies), modifier (none), format (text).
  return message('T', int16(names.length), ...names.flatMap((name) => [text(name), int32(0), int16(0), int32(TEXT), int16(-1), int32(-1), int16(0)]));
}

function rows({ rows: all, done }: Result): Part[] {
  return [...all.map((row) => message('D', int16(row.length), ...row.map(value))), message('C', text(done))];
}

function failure(error: Error): Part {
  return message('E', text('SERROR'), text('C42601'), text(`M${error.message}`), Buffer.from([0]));
}
