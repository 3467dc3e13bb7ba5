import { decode, encode } from '@netstrata/stream-core';

/** A subprotocol that carries a token, as base64url of its UTF-8: a page cannot send headers of its own, and a URL ends in logs. */
const PREFIX = 'netstrata.token.';
/** What is offered beside it if nothing else is: somebody has to be chosen, and it must not be the token. */
export const PLAIN = 'netstrata.1';

export const asProtocol = (token: string): string => PREFIX + decode(encode(token, 'utf8'), 'base64url');

export const carriesToken = (protocol: string): boolean => protocol.startsWith(PREFIX);

export const tokenIn = (protocol: string): string => decode(encode(protocol.slice(PREFIX.length), 'base64url'), 'utf8');
