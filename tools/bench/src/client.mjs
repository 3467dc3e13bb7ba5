// What load.c does, for machines that cannot compile it: the same arguments and lines. It costs more than some servers do,
// so these are not saturated. Always on node:net, so that all sides meet the same.
import net from 'node:net';

const SILENCE = 5000;

const [mode, target, ...rest] = process.argv.slice(2);
const [connections, bytes, warm, seconds] = rest.map(Number);
const address = /^\d+$/.test(target) ? { port: Number(target), host: '127.0.0.1' } : { path: target };

let done = 0;

/** @param {string} why @returns {never} */
function fail(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

/** @param {boolean} [mayClose] */
function dial(mayClose = false) {
  const socket = net.connect({ ...address, noDelay: true });
  socket.on('error', ({ message }) => fail(message));
  if (!mayClose) socket.on('close', () => fail('the server closed the connection'));
  return socket;
}

/** @param {number} question @param {number} answer */
function ask(question, answer) {
  const chunk = Buffer.alloc(question, 'x');
  for (let i = 0; i < connections; i++) {
    const socket = dial();
    let missing = answer;
    socket.on('data', (data) => {
      missing -= data.length;
      if (missing > 0) return;
      missing = answer;
      done++;
      socket.write(chunk);
    });
    socket.write(chunk);
  }
}

function churn() {
  const socket = dial(true);
  socket.on('data', () => socket.end()).on('close', () => {
    done++;
    churn();
  });
  socket.write('hello');
}

function send() {
  const chunk = Buffer.alloc(bytes, 'x');
  const socket = dial();
  const written = () => {
    done += bytes / 1_048_576;
    socket.write(chunk, written);
  };
  // Two are under way, so that the system always has one.
  for (let i = 0; i < 2; i++) socket.write(chunk, written);
}

/** @param {number} count */
async function open(count) {
  for (let left = count; left > 0; left -= 100) {
    const batch = Array.from({ length: Math.min(100, left) }, () => new Promise((resolve) => void dial().once('data', resolve).write('hello')));
    await Promise.all(batch);
  }
}

async function hold() {
  await open(Math.min(200, Math.floor(connections / 10)));
  console.log('go');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const start = performance.now();
  await open(connections);
  console.log(`done ${connections} ${(performance.now() - start) / 1e3}`);
}

function watch() {
  let last = -1;
  setInterval(() => {
    if (done === last) fail('the server does nothing any more');
    last = done;
  }, SILENCE);
}

function report() {
  const start = performance.now();
  done = 0;
  console.log('go');
  setTimeout(() => console.log(`done ${done} ${(performance.now() - start) / 1e3}`), seconds * 1e3);
}

const modes = {
  echo: () => ask(bytes, bytes),
  burst: () => ask(1, 32 * bytes),
  churn: () => { for (let i = 0; i < connections; i++) churn(); },
  send,
  recv: () => void dial().on('data', (data) => { done += data.length / 1_048_576; }),
};

process.stdin.on('end', () => process.exit()).resume();
setTimeout(() => fail('the measurement took far too long'), (warm + seconds + 60) * 1e3);
if (mode === 'hold') {
  await hold();
} else if (mode in modes) {
  modes[/** @type {keyof typeof modes} */ (mode)]();
  watch();
  setTimeout(report, warm * 1e3);
} else {
  fail(`no such mode: ${mode}`);
}
