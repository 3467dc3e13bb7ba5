// One client in a process of its own: node client.mjs SHAPE ADDRESS SECONDS. Always node:net, so that both sides meet the same.
import { setTimeout as sleep } from 'node:timers/promises';
import net from 'node:net';

const shape = JSON.parse(process.argv[2]);
const address = /^\d+$/.test(process.argv[3]) ? { port: Number(process.argv[3]), host: '127.0.0.1' } : { path: process.argv[3] };
const seconds = Number(process.argv[4]);

let done = 0;

const dial = () => {
  const socket = net.connect({ ...address, noDelay: true });
  socket.on('error', (error) => { throw error; });
  return socket;
};

/** Every connection asks, waits for the whole answer, and asks again. */
function ask() {
  const question = Buffer.alloc(shape.ask, 'q');
  for (let i = 0; i < shape.connections; i++) {
    const socket = dial();
    let missing = shape.answer;
    socket.on('data', (data) => {
      missing -= data.length;
      if (missing > 0) return;
      missing = shape.answer;
      done++;
      socket.write(question);
    });
    socket.write(question);
  }
}

function churn() {
  const one = () => {
    const socket = dial();
    socket.on('data', () => socket.end()).on('close', () => {
      done++;
      one();
    });
    socket.write('hello');
  };
  for (let i = 0; i < shape.atOnce; i++) one();
}

async function hold() {
  for (let open = 0; open < shape.connections; ) {
    const batch = Math.min(100, shape.connections - open);
    await Promise.all(Array.from({ length: batch }, () => new Promise((resolve) => dial().on('data', resolve).write('hello'))));
    open += batch;
  }
  done = shape.connections;
}

function receive() {
  dial().on('data', (data) => { done += data.length / 1_048_576; });
}

await { ask, churn, hold, receive }[shape.kind]();
if (shape.kind !== 'hold') {
  await sleep(400);
  process.send({ warm: true });
  await new Promise((resolve) => process.once('message', resolve));
  done = 0;
  const start = process.hrtime.bigint();
  await sleep(seconds * 1000);
  process.send({ done, seconds: Number(process.hrtime.bigint() - start) / 1e9 });
} else {
  process.send({ done });
}
process.on('message', () => process.exit());
