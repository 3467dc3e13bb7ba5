import { once } from 'node:events';
import { SCRIPT } from './scripted-proxy.mjs';

/** @typedef {import('./dialers.mjs').Dial} Dial */
/** @typedef {{ heard(): Promise<string> }} Proxy */

/** Everything that comes, until it is over. */
async function all(socket) {
  let text = '';
  socket.on('data', (chunk) => (text += chunk)).resume();
  await new Promise((resolve) => socket.on('close', resolve).on('error', () => {}));
  return text;
}

/** An error as a program can tell it from others. */
function shown({ code, syscall, address, message }) {
  if (code === undefined) return `no code, “${message}”`;
  return [`\`${code}\``, syscall && `of ${syscall}`, address && 'with the address'].filter(Boolean).join(' ');
}

/** What comes on a connection that cannot be one. */
async function takenFor(socket) {
  return (await all(socket)).includes('502') ? 'the proxy’s response is given as the server’s' : 'connected';
}

const expected = (text, wanted, otherwise) => (text === wanted ? 'yes' : otherwise);

/** What is tried with each, by what the table calls it. @type {Record<string, (dial: Dial, proxy: Proxy) => Promise<string>>} */
export const PROBES = {
  'an answer that comes after this side has ended': async (dial) => {
    const socket = await dial('far.example', SCRIPT.late);
    socket.end('a question');
    return expected(await all(socket), 'the answer', 'lost');
  },
  'this side stays open after the other has ended (`allowHalfOpen`)': async (dial, proxy) => {
    const heard = proxy.heard();
    const socket = await dial('far.example', SCRIPT.end, { allowHalfOpen: true });
    socket.on('end', () => setImmediate(() => socket.end('one more'))).on('error', () => {}).resume();
    return expected(await heard, 'one more', 'cannot be asked for');
  },
  'a reset': async (dial) => {
    const socket = await dial('far.example', SCRIPT.reset);
    socket.write('go');
    const [error] = await Promise.race([once(socket, 'error'), once(socket.resume(), 'end').then(() => [null])]).catch((reason) => [reason]);
    socket.destroy();
    return error === null ? 'looks like an end' : shown(error);
  },
  'nobody listens there': (dial) => dial('far.example', SCRIPT.refused).then(takenFor, shown),
  'nobody knows the name': (dial) => dial('nowhere.example', SCRIPT.unknown).then(takenFor, shown),
  'bytes in the same segment as the answer': async (dial) => expected(await all(await dial('far.example', SCRIPT.early)), 'early and late', 'lost'),
  'an answer in pieces': (dial) => dial('far.example', SCRIPT.pieces).then(async (socket) => expected(await all(socket), 'in pieces', 'bytes of the answer are taken for data'), shown),
  'the address at the far end': async (dial) => {
    const socket = await dial('far.example', SCRIPT.bound);
    const { localAddress } = socket;
    await all(socket);
    return localAddress === '203.0.113.9' ? '`localAddress`' : 'not on the socket';
  },
};
