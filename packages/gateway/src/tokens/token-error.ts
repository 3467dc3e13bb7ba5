/** Why a token is no good. For labels of metrics: there are no others. */
export type TokenFault =
  | 'missing' | 'long' | 'malformed' | 'algorithm' | 'key' | 'signature' | 'expired' | 'early' | 'audience' | 'issuer' | 'claims';

/** A token is refused. Neither the error nor its message has anything of the token. */
export class TokenError extends Error {
  /** Of every refusal of a token. */
  readonly code = 'ERR_GATEWAY_TOKEN';
  /** What is wrong with the token, as one word for metrics. */
  readonly fault: TokenFault;

  constructor(fault: TokenFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
