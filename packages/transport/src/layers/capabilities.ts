import type { Capabilities } from '../contract/transport.js';

/**
 * What a transport can do whose connections are layers over those of another: native handles would come without what has to be said
 * first, and there is no connection before it is dialled.
 */
export function capabilitiesOver(below: Capabilities): Capabilities {
  return { ...below, adopt: false, lend: false, open: false };
}
