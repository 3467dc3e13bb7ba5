'use strict';

/** A server that keeps an account: it is sent an amount and a line end, adds it, and answers with the balance. */
exports.bank = function bank(net, account) {
  return net.createServer((socket) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (!text.endsWith('\n')) return;
      account.balance += Number(text);
      socket.end(`${account.balance}\n`);
    });
    socket.on('error', () => {});
  });
};

/** Pays something in, and tries again when that fails or takes more than a second. Resolves with the balance. */
exports.deposit = function deposit(net, where, amount, tries = 3) {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = net.connect(where, () => socket.write(`${amount}\n`));
    socket.setTimeout(1000, () => socket.destroy(new Error('no answer')));
    socket.setEncoding('utf8').on('data', (chunk) => (answer += chunk));
    socket.on('end', () => (answer === '' ? socket.destroy(new Error('no answer')) : resolve(Number(answer))));
    socket.on('error', (error) => {
      if (tries === 1) reject(error);
      else deposit(net, where, amount, tries - 1).then(resolve, reject);
    });
  });
};
