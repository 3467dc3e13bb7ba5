import { once } from 'node:events';
import { check } from '../check.js';
import type { Medium } from '../medium.js';
import { open } from '../open.js';
import type { Finding } from './index.js';

const QUESTION = 'how long is this sentence?';

/** The client is done talking before the server begins: one direction ends, the other goes on. */
export async function halfClose(medium: Medium): Promise<Finding> {
  if (!medium.halfCloses) return closeTogether(medium);
  const { dial, close } = await open(medium, { allowHalfOpen: true }, (socket) => {
    let asked = '';
    socket.setEncoding('utf8').on('data', (text: string) => (asked += text));
    socket.on('end', () => socket.end(`${asked.length} characters`));
  });
  const client = dial();
  const events: string[] = [];
  let answer = '';
  let stateWhenAnswered = '';
  client.on('finish', () => events.push('finish'));
  client.setEncoding('utf8').on('data', (text: string) => {
    events.push('data');
    stateWhenAnswered = client.readyState;
    answer += text;
  });
  client.on('end', () => events.push('end'));
  client.end(QUESTION);
  await once(client, 'close');
  await close();
  events.push('close');

  check(answer === `${QUESTION.length} characters`, `the answer was "${answer}"`);
  check(events.join() === 'finish,data,end,close', `the events came as ${events.join()}`);
  check(stateWhenAnswered === 'readOnly', `the client was ${stateWhenAnswered} when the answer came`);
  return { text: `the client ended first and still heard "${answer}": ${events.join(' → ')}` };
}

/** Where there is no half-close, the end of one direction is the end of both. */
async function closeTogether(medium: Medium): Promise<Finding> {
  let asked = '';
  const { dial, close } = await open(medium, {}, (socket) => {
    socket.setEncoding('utf8').on('data', (text: string) => (asked += text));
  });
  const client = dial().resume();
  client.end(QUESTION);
  await once(client, 'close');
  await close();
  check(asked === QUESTION, `what arrived was "${asked}"`);
  return { text: 'not on this medium: what the client said arrived, then both ends closed' };
}
