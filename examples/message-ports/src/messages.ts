/** What goes over the port of a connection: bytes, how many bytes were read (a credit), or a word. */
export type Message = Uint8Array | number | 'accepted' | 'refused' | 'end' | 'close' | 'reset';

/** What goes over the trunk: the name to connect to, with the port of the new connection. */
export interface Call {
  readonly dial: string;
  readonly port: MessagePort;
}

/** How many bytes may be on their way, or wait for the reader, before a write stays pending. */
export const WINDOW = 256 * 1024;
