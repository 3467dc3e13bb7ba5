import { once } from 'node:events';
import type { Socket } from '@netstrata/net-compat/core';
import { check } from '../check.js';
import type { Medium } from '../medium.js';
import { open } from '../open.js';
import type { Finding } from './index.js';

type Coded = Error & { code?: string };

/** What goes wrong says so, in Node's words and with Node's codes. */
export async function errors(medium: Medium): Promise<Finding> {
  const texts = [await refusal(medium), await reset(medium)];
  if (medium.exclusive) texts.unshift(await conflict(medium));
  return { text: texts.join('\n') };
}

/** A second server at the place of the first. */
async function conflict(medium: Medium): Promise<string> {
  const { server, close } = await open(medium, {}, () => {});
  const address = server.address();
  const second = medium.net.createServer();
  const failed = failureOf(second);
  second.listen(typeof address === 'string' ? { path: address } : { port: address!.port, host: address!.address });
  const error = await failed;
  check(error.code === 'EADDRINUSE', `a second server got ${String(error)}`);
  await close();
  return error.message;
}

/** A client where nobody listens any more. */
async function refusal(medium: Medium): Promise<string> {
  const { dial, close } = await open(medium, {}, () => {});
  await close();
  const error = await failureOf(dial());
  check(error.code === 'ECONNREFUSED' || error.code === 'ENOENT', `a client of nobody got ${String(error)}`);
  return error.message;
}

/** A server that hangs up without a goodbye; where the medium has no such thing, the call says so. */
async function reset(medium: Medium): Promise<string> {
  let refused: Coded | undefined;
  const { dial, close } = await open(medium, {}, (socket) => {
    socket.once('data', () => (refused = hangUp(socket)));
  });
  const client = dial();
  client.write('anybody there?');
  const error = medium.resets ? await failureOf(client) : ((await once(client.resume(), 'close')), refused);
  const code = medium.resets ? 'ECONNRESET' : 'ERR_INVALID_HANDLE_TYPE';
  check(error?.code === code, `a reset gave ${String(error)}`);
  await close();
  return medium.resets ? error.message : `no resets here: ${code}, as in node:net`;
}

function hangUp(socket: Socket): Coded | undefined {
  try {
    socket.resetAndDestroy();
    return undefined;
  } catch (error) {
    socket.end();
    return error as Coded;
  }
}

async function failureOf(emitter: { once(event: 'error', listener: (error: Error) => void): unknown }): Promise<Coded> {
  return new Promise((resolve) => emitter.once('error', resolve));
}

