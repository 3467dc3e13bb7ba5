import net from 'node:net';
import nodemailer from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { certificate, folder, portOfNobody, serve } from '../src/client/server.mjs';
import { bytes, failure, sha256, step } from '../src/client/step.mjs';

/** Every message that a server received, as it arrived, with its envelope and session. */
const taken = [];
let connections = 0;

/** A server that listens directly, with the `net` of this process. */
async function listen(options, where) {
  const server = new SMTPServer({
    ...certificate,
    size: 50_000_000,
    onConnect(session, done) {
      connections += 1;
      done();
    },
    onAuth: ({ username, password }, session, done) => (password === 'secret' ? done(null, { user: username }) : done(new Error('wrong password'))),
    onRcptTo: ({ address }, session, done) => done(address.startsWith('nobody@') ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null),
    onData(stream, { envelope, secure, transmissionType, user }, done) {
      const hash = [];
      stream.on('data', (chunk) => hash.push(chunk));
      stream.on('end', () => {
        const to = envelope.rcptTo.map(({ address }) => address);
        taken.push({ from: envelope.mailFrom.address, to, secure, transmissionType, user: user ?? null, raw: Buffer.concat(hash).toString() });
        done(null, 'taken');
      });
    },
    ...options,
  });
  server.on('error', () => {}); // of connections that are cut off
  await new Promise((resolve) => void server.listen(where ?? { port: 0, host: '127.0.0.1' }, resolve));
  return { server, port: server.server.address().port, close: () => new Promise((resolve) => void server.close(resolve)) };
}

const smtp = await listen({ authOptional: true });
const local = await listen({ authOptional: true, lmtp: true }, `${folder}/lmtp`);

/** Sends with a new transport; returns the server's answers and what it received. */
async function send(options, ...messages) {
  const transport = nodemailer.createTransport({ host: 'localhost', port: smtp.port, tls: { ca: certificate.cert }, auth: { user: 'tester', pass: 'secret' }, ...options });
  taken.length = 0;
  try {
    const answers = await Promise.all(messages.map((message) => transport.sendMail({ from: 'me@example.com', to: 'you@example.com', ...message })));
    return answers.map(({ accepted, rejected, response }) => ({ accepted, rejected, response }));
  } finally {
    transport.close();
  }
}

/** The decoded attachments of a message, in their order. */
function attachments(raw) {
  return [...raw.matchAll(/Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment[^]*?\r\n\r\n([A-Za-z0-9+/=\r\n]*)/g)].map(([, text]) => Buffer.from(text, 'base64'));
}

await step('a message after STARTTLS and a password', async () => {
  const [answer] = await send({ requireTLS: true }, { subject: 'Grüße', text: '.a line that starts with a dot\n..two\n' });
  const [{ raw, ...rest }] = taken;
  return { answer, rest, subject: /^Subject: .*$/m.exec(raw)?.[0], body: raw.slice(raw.indexOf('\r\n\r\n')) };
});

await step('a message without either', async () => {
  const [answer] = await send({ ignoreTLS: true, auth: undefined }, { raw: 'subject: raw\r\n\r\nas it is\r\n' });
  return { answer, taken };
});

await step('attachments of 12 MB', async () => {
  const data = [bytes(8_000_000), bytes(4_000_000, 7), Buffer.alloc(0), Buffer.from('x')];
  await send({}, { text: 'see there', attachments: data.map((content, index) => ({ filename: `${index}.bin`, content })) });
  return attachments(taken[0].raw).map((one, index) => ({ same: one.equals(data[index]), hash: sha256(one) }));
});

await step('a hundred messages through a pool of three connections', async () => {
  const before = connections;
  const messages = Array.from({ length: 100 }, (_, n) => ({ subject: `number ${n}`, text: `${n}\n`.repeat(n) }));
  const answers = await send({ pool: true, maxConnections: 3, maxMessages: Infinity }, ...messages);
  return { answers: answers.length, subjects: taken.map(({ raw }) => /^Subject: (.*)$/m.exec(raw)[1]).sort(), connections: connections - before };
});

await step('over a socket that the caller connected, to a path', async () => {
  const connection = net.connect(`${folder}/lmtp`);
  await new Promise((resolve) => void connection.once('connect', resolve));
  const [answer] = await send({ connection, lmtp: true, auth: undefined, ignoreTLS: true }, { to: ['a@example.com', 'b@example.com'], text: 'local' });
  return { answer, to: taken[0].to, transmissionType: taken[0].transmissionType };
});

await step('what the server refuses', async () => {
  const [mixed] = await send({}, { to: ['nobody@example.com', 'you@example.com'], text: 'to one of two' });
  return {
    password: await failure(send({ auth: { user: 'tester', pass: 'wrong' } }, { text: 'no' })),
    nobody: await failure(send({}, { to: 'nobody@example.com', text: 'no' })),
    certificate: await failure(send({ tls: {} }, { text: 'no' })),
    size: await failure(send({}, { text: 'no', envelope: { from: 'me@example.com', to: 'you@example.com', size: 60_000_000 } })),
    mixed,
  };
});

await step('a server that is not there, says nothing, or hangs up', async () => {
  const nobody = portOfNobody();
  const silent = await serve((socket) => socket.resume());
  const rude = await serve((socket) => {
    socket.write('220 hello\r\n');
    socket.once('data', () => socket.destroy());
  });
  const to = (port, more) => failure(send({ host: '127.0.0.1', port, ...more }, { text: 'no' }));
  const outcome = {
    closed: await to(nobody),
    silent: await to(silent.port, { greetingTimeout: 200 }),
    rude: await to(rude.port),
  };
  await silent.close();
  await rude.close();
  return outcome;
});

await Promise.all([smtp.close(), local.close()]);
