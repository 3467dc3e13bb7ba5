import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const field = (message: string, name: string): string => message.split(',').find((part) => part.startsWith(`${name}=`))?.slice(2) ?? '';

/** The server's side of SCRAM-SHA-256 (RFC 5802), as PostgreSQL speaks it: both sides prove that they know the password, and neither tells it. */
export class Scram {
  readonly #password: string;
  readonly #salt = Buffer.from('some salt');
  #exchange = '';

  constructor(password: string) {
    this.#password = password;
  }

  /** To `n,,n=*,r=NONCE`. */
  challenge(first: string): string {
    const answer = `r=${field(first, 'r')}of-the-server,s=${this.#salt.toString('base64')},i=4096`;
    this.#exchange = `${first.slice('n,,'.length)},${answer}`;
    return answer;
  }

  /** To `c=biws,r=NONCE,p=PROOF`. Throws when the proof is none. */
  verdict(final: string): string {
    const exchange = `${this.#exchange},${final.slice(0, final.indexOf(',p='))}`;
    const salted = pbkdf2Sync(this.#password, this.#salt, 4096, 32, 'sha256');
    const clientKey = hmac(salted, 'Client Key');
    const signature = hmac(createHash('sha256').update(clientKey).digest(), exchange);
    const proof = clientKey.map((byte, i) => byte ^ signature[i]);
    if (Buffer.from(proof).toString('base64') !== field(final, 'p')) throw new Error('password authentication failed');
    return `v=${hmac(hmac(salted, 'Server Key'), exchange).toString('base64')}`;
  }
}
