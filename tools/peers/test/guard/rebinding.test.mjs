import { once } from 'node:events';
import http from 'node:http';
import { publicOnly } from '@netstrata/ip-utils/policy';
import { createNet } from '@netstrata/net-compat/core';
import { guard } from '@netstrata/transport-guard';
import { createNetwork } from '@netstrata/transport-memory';
import { tcp } from '@netstrata/transport-tcp';
import { expect, it, onTestFinished } from 'vitest';

/** A resolver whose answers are these, one after the other; the last one stays. */
function answers(...all) {
  const asked = [];
  const lookup = (name, options, done) => {
    const addresses = all[Math.min(asked.length, all.length - 1)];
    asked.push(name);
    if (options.all) done(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    else done(null, addresses[0], addresses[0].includes(':') ? 6 : 4);
  };
  return { lookup, asked };
}

/** How a dial of a name ends, over a network in which every address answers that is dialled: the address, or a code. */
async function dialled(answer, options = {}) {
  const network = createNetwork();
  onTestFinished(() => network.close());
  const here = network.host('here', ['192.0.2.1', '2001:db8::1']);
  for (const address of ['8.8.8.8', '9.9.9.9', '10.0.0.5', '169.254.169.254', '2606:4700::1']) {
    createNet(network.host(address, address)).createServer((socket) => socket.resume()).listen(80);
  }
  const net = createNet({ tcp: guard(here.tcp, publicOnly), lookup: answer.lookup });
  const socket = net.connect({ host: 'rebind.example', port: 80, ...options });
  onTestFinished(() => void socket.destroy());
  return new Promise((resolve) => {
    socket.on('connect', () => resolve(socket.remoteAddress)).on('error', ({ code, errors }) => resolve(errors === undefined ? code : `${code} ${errors.map((error) => error.code)}`));
  });
}

it('a name server that changes its mind after a check gains nothing: the answer that is dialled is the one that is judged', async () => {
  const server = http.createServer((_request, response) => response.end('secret')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { lookup, asked } = answers(['8.8.8.8'], ['127.0.0.1']);
  // Who checks first, as many do, and then dials.
  const checked = await new Promise((resolve) => lookup('rebind.example', { all: true }, (_error, [{ address }]) => resolve(publicOnly.check(address).allowed)));
  expect(checked).toBe(true);
  const net = createNet({ tcp: guard(tcp, publicOnly), lookup });
  const socket = net.connect({ host: 'rebind.example', port: server.address().port });
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ code: 'ERR_ADDRESS_DENIED', address: '127.0.0.1', syscall: 'connect' });
  expect(asked).toEqual(['rebind.example', 'rebind.example']);
});

it('the resolver is asked once for each dial', async () => {
  const answer = answers(['8.8.8.8'], ['10.0.0.5']);
  expect(await dialled(answer)).toBe('8.8.8.8');
  expect(answer.asked).toHaveLength(1);
});

for (const autoSelectFamily of [true, 'race']) {
  const options = { autoSelectFamily };

  it(`of several addresses those that are allowed are tried (${autoSelectFamily})`, async () => {
    expect(await dialled(answers(['10.0.0.5', '169.254.169.254', '9.9.9.9']), options)).toBe('9.9.9.9');
  });

  it(`if none is allowed, that is the error (${autoSelectFamily})`, async () => {
    expect(await dialled(answers(['10.0.0.5', '169.254.169.254']), options)).toBe('ERR_ADDRESS_DENIED ERR_ADDRESS_DENIED,ERR_ADDRESS_DENIED');
  });
}

it('a race never touches an address that is denied, however fast it would answer', async () => {
  const network = createNetwork({ link: { latency: 1 } });
  onTestFinished(() => network.close());
  const [here, there, inside] = [network.host('here', ['192.0.2.1', '2001:db8::1']), network.host('there', '2606:4700::1'), network.host('inside', '10.0.0.5')];
  const touched = [];
  createNet(inside).createServer((socket) => touched.push(socket)).listen(80);
  createNet(there).createServer((socket) => socket.end('hello')).listen(80);
  network.link(here, there, { latency: 40 });
  const net = createNet({ tcp: guard(here.tcp, publicOnly), lookup: (_name, { family }, done) => done(null, family === 6 ? [{ address: '2606:4700::1', family: 6 }] : [{ address: '10.0.0.5', family: 4 }]) });
  const socket = net.connect({ host: 'both.example', port: 80, autoSelectFamily: 'race', autoSelectFamilyAttemptTimeout: 10 });
  await once(socket, 'connect');
  expect(socket.remoteAddress).toBe('2606:4700::1');
  await once(socket.resume(), 'close');
  expect(touched).toEqual([]);
});
