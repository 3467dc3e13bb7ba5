// Does the same as load.c, for machines that cannot compile it: the same arguments and lines. It costs more CPU than some servers,
// so these are not saturated. It always uses node:net, so that all sides get the same load.
import net from 'node:net';

const SILENCE = 15_000;
const PATIENCE = 600_000;

const [mode, target, ...rest] = process.argv.slice(2);
const [connections, bytes, ...counts] = rest.map(Number);
const address = /^\d+$/.test(target) ? { port: Number(target), host: '127.0.0.1' } : { path: target };

/** How many operations have completed, or begun, in all; and the limit. */
let done = 0;
let begun = 0;
let goal = 0;
/** Resumes what was stopped. */
let goOn = () => {};
let reached = () => {};

/** @param {number} [amount] */
function count(amount = 1) {
  done += amount;
  if (done >= goal) reached();
}

/** Whether another one may begin. @param {number} [amount] */
function mayBegin(amount = 1) {
  if (begun >= goal) return false;
  begun += amount;
  return true;
}

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
function ask(question, answer, content = 'x') {
  const chunk = Buffer.alloc(question, content);
  const sockets = Array.from({ length: connections }, () => {
    const socket = dial();
    let missing = answer;
    return socket.on('data', (data) => {
      missing -= data.length;
      if (missing > 0) return;
      missing = answer;
      if (mayBegin()) socket.write(chunk);
      count();
    });
  });
  return () => { for (const socket of sockets) if (mayBegin()) socket.write(chunk); };
}

function churn() {
  const one = () => {
    if (!mayBegin()) return;
    const socket = dial(true);
    socket.on('data', () => socket.end()).on('close', () => {
      one();
      count();
    });
    socket.write('hello');
  };
  return () => { for (let i = 0; i < connections; i++) one(); };
}

function send() {
  const chunk = Buffer.alloc(bytes, 'x');
  const amount = bytes / 1_048_576;
  const socket = dial();
  const one = () => void (mayBegin(amount) && socket.write(chunk, () => {
    one();
    count(amount);
  }));
  // Two are pending, so that the system always has one.
  return () => { for (let i = 0; i < 2; i++) one(); };
}

function recv() {
  const socket = dial().on('data', (data) => {
    if (done + data.length / 1_048_576 >= goal) socket.pause();
    count(data.length / 1_048_576);
  });
  return () => void socket.resume();
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
  return setInterval(() => {
    if (done === last) fail('the server does nothing any more');
    last = done;
  }, SILENCE);
}

/** One stretch of the load, to its end. @param {number} amount */
async function stretch(amount) {
  goal += amount;
  begun = done;
  const watching = watch();
  await new Promise((resolve) => {
    reached = () => resolve(undefined);
    goOn();
  });
  clearInterval(watching);
}

const modes = { echo: () => ask(bytes, bytes), lines: () => ask(bytes, bytes, `${'x'.repeat(31)}\n`), burst: () => ask(1, 32 * bytes), churn, send, recv };

setTimeout(() => fail('the measurement took far too long'), PATIENCE);
process.stdin.on('end', () => process.exit()).resume();
if (mode === 'hold') {
  await hold();
} else if (mode in modes) {
  goOn = modes[/** @type {keyof typeof modes} */ (mode)]();
  await stretch(counts[0]);
  const asked = new Promise((resolve) => process.stdin.once('data', resolve));
  console.log('go');
  await asked;
  const start = performance.now();
  await stretch(counts[1]);
  console.log(`done ${counts[1]} ${(performance.now() - start) / 1e3}`);
} else {
  fail(`no such mode: ${mode}`);
}
