import { createServer, type Server, type Socket } from 'node:net';

/** A message of PostgreSQL's protocol: a letter, a length that counts itself, and the rest. */
function message(letter: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(letter);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const int16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const int32 = (value: number): Buffer => Buffer.concat([int16(value >>> 16), int16(value & 65_535)]);
const text = (value: string): Buffer => Buffer.from(`${value}\0`);

const TEXT_TYPE = 25;
const readyForQuery = message('Z', Buffer.from('I'));
const authenticationOk = message('R', int32(0));

/** Answers a simple query with one row, that has the query in its only column. */
function answer(query: string): Buffer {
  const column = Buffer.concat([text('asked'), int32(0), int16(0), int32(TEXT_TYPE), int16(-1), int32(-1), int16(0)]);
  const value = Buffer.from(query);
  return Buffer.concat([
    message('T', int16(1), column),
    message('D', int16(1), int32(value.length), value),
    message('C', text('SELECT 1')),
    readyForQuery,
  ]);
}

function serve(socket: Socket): void {
  let got = Buffer.alloc(0);
  let hasStarted = false;
  socket.on('data', (chunk: Buffer) => {
    got = Buffer.concat([got, chunk]);
    for (;;) {
      // The first message has no letter.
      const at = hasStarted ? 1 : 0;
      if (got.length < at + 4 || got.length < at + got.readInt32BE(at)) return;
      const end = at + got.readInt32BE(at);
      const letter = hasStarted ? String.fromCharCode(got[0]) : '';
      const body = got.subarray(at + 4, end);
      got = got.subarray(end);
      if (letter === '') socket.write(Buffer.concat([authenticationOk, readyForQuery]));
      else if (letter === 'Q') socket.write(answer(body.toString('utf8', 0, body.length - 1)));
      else if (letter === 'X') socket.end();
      hasStarted = true;
    }
  });
}

/** As much of a PostgreSQL server as a client needs for a simple query. */
export function fakePostgres(): Server {
  return createServer(serve).listen(0, '127.0.0.1');
}
