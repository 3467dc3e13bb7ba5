import nodemailer from 'nodemailer';
import type { Access } from './access.js';

interface Sent {
  readonly accepted: readonly unknown[];
  readonly envelope: unknown;
  /** The server's last word. */
  readonly response: string;
}

/** Sends a mail with an attachment. */
export async function send({ host, port }: Access['smtp']): Promise<Sent> {
  const transport = nodemailer.createTransport({ host, port, secure: false, ignoreTLS: true, name: 'page.example' });
  const { accepted, response, envelope } = await transport.sendMail({
    from: 'page@example.com',
    to: ['one@example.com', 'two@example.com'],
    subject: 'From a page',
    text: 'Grüße aus einer Seite',
    attachments: [{ filename: 'bytes.bin', content: Buffer.from([0, 255, 1]) }],
  });
  transport.close();
  return { accepted, envelope, response };
}

/** The same, without the number that the server gives each mail. */
export async function work(access: Access['smtp']): Promise<unknown> {
  const { response, ...sent } = await send(access);
  return { ...sent, response: response.replace(/\d+$/, 'N') };
}
