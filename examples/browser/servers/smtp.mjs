import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

/** A server for SMTP that keeps the mails it gets. */
export async function startSmtp() {
  const mails = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    async onData(stream, session, done) {
      let text = '';
      for await (const chunk of stream) text += chunk;
      mails.push({ from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map(({ address }) => address), text });
      done(null, `kept as number ${mails.length}`);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    stop: () => new Promise((resolve) => server.close(resolve)),
    where: { host: '127.0.0.1', port: server.server.address().port },
    mails,
  };
}
