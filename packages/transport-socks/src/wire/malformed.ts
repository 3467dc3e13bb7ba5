/** What has come is none of the protocol. Caught where bytes are read. */
export class Malformed extends Error {}
