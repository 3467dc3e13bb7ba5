import { ByteReader, reader } from '@netstrata/stream-core/reader';

/** @typedef {import('node:net').Socket} Socket */

/** Sends back line by line, as programs do that are written by hand. @param {Socket} socket */
export function linesByHand(socket) {
  let rest = '';
  socket.setEncoding('utf8').on('data', (/** @type {any} */ text) => {
    rest += text;
    let from = 0;
    for (let stop = rest.indexOf('\n'); stop >= 0; stop = rest.indexOf('\n', from)) {
      const line = rest.slice(from, rest.charCodeAt(stop - 1) === 13 ? stop - 1 : stop);
      from = stop + 1;
      socket.write(`${line}\n`);
    }
    rest = rest.slice(from);
  });
}

/** The same with a reader. @param {Socket} socket */
export async function linesByReader(socket) {
  for await (const lines of reader(socket).lines().batches()) for (const line of lines) socket.write(`${line}\n`);
}

/** By hand again, of bytes: as programs do that read other things than text, too. @param {Socket} socket */
export function linesOfBytes(socket) {
  /** @type {Buffer | null} */
  let rest = null;
  socket.on('data', (chunk) => {
    const bytes = rest === null ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let stop = bytes.indexOf(10); stop >= 0; stop = bytes.indexOf(10, from)) {
      const line = bytes.toString('utf8', from, bytes[stop - 1] === 13 ? stop - 1 : stop);
      from = stop + 1;
      socket.write(`${line}\n`);
    }
    rest = from === bytes.length ? null : bytes.subarray(from);
  });
}

/** The same with a ByteReader, which is given what comes by 'data'. @param {Socket} socket */
export function linesByByteReader(socket) {
  const bytes = new ByteReader();
  socket.on('data', (chunk) => {
    bytes.push(chunk);
    for (let line = bytes.takeLine(); line !== null; line = bytes.takeLine()) socket.write(`${line}\n`);
  });
}
