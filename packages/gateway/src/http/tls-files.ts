import { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { ConfigError, flagOf, readNamed, readSecret } from '../config/index.js';

/** Of a server of `node:tls` or `node:https`. */
interface Secured {
  setSecureContext(options: SecureContextOptions): void;
}

/** A certificate and its key in files, which others write anew before it expires. */
export class TlsFiles {
  readonly #certFile: string;
  readonly #keyFile: string;
  readonly #warn: (text: string) => void;
  #context: SecureContextOptions;
  #until: Date;
  #server: Secured | null = null;

  /** Throws ConfigError: it cannot be read, it is no certificate, or the key is of another one. */
  constructor(certFile: string, keyFile: string, warn: (text: string) => void) {
    this.#certFile = certFile;
    this.#keyFile = keyFile;
    this.#warn = warn;
    [this.#context, this.#until] = this.#read();
  }

  /** A server that is made with the certificate, and is to get those that come after it. */
  for<S extends Secured>(make: (context: SecureContextOptions) => S): S {
    const server = make(this.#context);
    this.#server = server;
    return server;
  }

  /** When the certificate expires. */
  get until(): Date {
    return this.#until;
  }

  /** Reads both again, for connections that come from now on. Throws ConfigError, and then what there was stays. */
  reload(): void {
    const [context, until] = this.#read();
    this.#server?.setSecureContext(context);
    [this.#context, this.#until] = [context, until];
  }

  #read(): [SecureContextOptions, Date] {
    const cert = readNamed(flagOf('tlsCert'), this.#certFile);
    const key = readSecret(flagOf('tlsKey'), this.#keyFile, this.#warn);
    try {
      const until = new Date(new X509Certificate(cert).validTo);
      const context: SecureContextOptions = { cert, key, minVersion: 'TLSv1.2' };
      createSecureContext(context);
      if (until.getTime() < Date.now()) this.#warn(`${flagOf('tlsCert')}: the certificate has expired`);
      return [context, until];
    } catch (error) {
      throw new ConfigError([`${flagOf('tlsCert')} and ${flagOf('tlsKey')}: no certificate and its key: ${(error as Error).message}`]);
    }
  }
}
