import type { IncomingMessage } from 'node:http';
import { isIP } from '@netstrata/ip-utils';
import { classify } from '@netstrata/ip-utils/classify';
import { ConfigError, attemptAll, flagOf, readSecret, type SettingName, type Settings } from '../config/index.js';
import type { Claims, Verify } from '../contract/options.js';
import { claimedRulesOf } from '../rules/judge.js';
import { FixedTokens, TokenError, TokenVerifier, publicKeys, secretKey } from '../tokens/index.js';

/** Of a token that is refused: why, in a word and in words. */
export type OnRefused = (error: TokenError) => void;

/** What proxies add to requests. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const;

export const hasTokens = ({ tokenKeyFile, tokenSecretFile, tokenFile }: Settings): boolean =>
  tokenKeyFile.length + tokenSecretFile.length + tokenFile.length > 0;

/** Whether a host is this machine, and nothing else reaches it. */
export function isLocal(host: string | null): boolean {
  return host !== null && (host.toLowerCase() === 'localhost' || (isIP(host) !== 0 && classify(host) === 'loopback'));
}

/** Who may connect: by tokens; without any, programs on this machine, or everybody where that was asked for. */
export class Admission {
  readonly #settings: Settings;
  readonly #onRefused: OnRefused;
  readonly #warn: (text: string) => void;
  #verifier: TokenVerifier | null;

  /** Throws ConfigError: files that cannot be read, keys that are none. */
  constructor(settings: Settings, onRefused: OnRefused, warn: (text: string) => void) {
    this.#settings = settings;
    this.#onRefused = onRefused;
    this.#warn = warn;
    this.#verifier = this.#read();
  }

  /** Reads the files of tokens again. Throws ConfigError, and then what there was stays. */
  reload(): void {
    this.#verifier = this.#read();
  }

  /** For the gateway. */
  readonly verify = (token: string | null, request: Pick<IncomingMessage, 'headers'>): ReturnType<Verify> => {
    if (this.#verifier !== null) return this.#judged(token, this.#verifier);
    return this.#settings.openToEveryone === true || this.#isFromHere(request);
  };

  async #judged(token: string | null, verifier: TokenVerifier): Promise<Claims | null> {
    try {
      return await verifier.verify(token);
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      this.#onRefused(error);
      return null;
    }
  }

  /**
   * A page of another site reaches this machine, too: by its address with an Origin of its own, which is refused elsewhere, or by a name
   * that leads here, which shows in Host.
   */
  #isFromHere({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
    const host = URL.canParse(`http://${headers.host}`) ? new URL(`http://${headers.host}`).hostname.replace(/^\[|\]$/g, '') : null;
    if (isLocal(host) && FORWARDED.every((name) => headers[name] === undefined)) return true;
    const why = `without tokens only programs and pages of this machine are admitted; see ${flagOf('openToEveryone')}`;
    this.#onRefused(new TokenError('missing', why));
    return false;
  }

  #read(): TokenVerifier | null {
    const { tokenAudience, tokenIssuer } = this.#settings;
    if (!hasTokens(this.#settings)) return null;
    return new TokenVerifier({
      keys: [...this.#files('tokenKeyFile', publicKeys).flat(), ...this.#files('tokenSecretFile', secretKey)],
      fixed: this.#files('tokenFile', (text) => this.#fixed(text)),
      audience: tokenAudience,
      issuer: tokenIssuer,
      checkRules: claimedRulesOf,
    });
  }

  #fixed(text: string): FixedTokens {
    const tokens = new FixedTokens(text);
    // All may have been taken away, so it is no error.
    if (tokens.size === 0) this.#warn(`${flagOf('tokenFile')}: there is no token in the file: it lets nobody in`);
    return tokens;
  }

  #files<T>(name: SettingName & `token${string}File`, read: (text: string) => T): T[] {
    // Everybody may know a public key.
    const warn = name === 'tokenKeyFile' ? () => {} : this.#warn;
    return attemptAll(...this.#settings[name].map((path, at) => () => {
      const place = this.#settings[name].length > 1 ? `${flagOf(name)} (number ${at + 1})` : flagOf(name);
      const text = readSecret(place, path, warn);
      try {
        return read(text);
      } catch (error) {
        throw new ConfigError([`${place}: ${(error as Error).message}`]);
      }
    }));
  }
}
