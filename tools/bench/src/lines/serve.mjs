import { reader } from '@netstrata/stream-core/reader';

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
  for await (const line of reader(socket).lines()) socket.write(`${line}\n`);
}
