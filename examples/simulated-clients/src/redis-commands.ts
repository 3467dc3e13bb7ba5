/**
 * Commands as clients of Redis send them, an array of strings each: `*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n`. The network may cut that anywhere, so what
 * is not complete waits for more.
 */
export class RedisCommands {
  #rest: Buffer = Buffer.alloc(0);

  /** Those that are complete now. */
  add(chunk: Uint8Array): string[][] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const commands: string[][] = [];
    for (let command = this.#take(); command !== null; command = this.#take()) commands.push(command);
    return commands;
  }

  #take(): string[] | null {
    const words: string[] = [];
    const count = this.#lineAt(0);
    if (count === null) return null;
    let at = count.next;
    for (let i = 0; i < count.number; i++) {
      const size = this.#lineAt(at);
      if (size === null) return null;
      const end = size.next + size.number;
      if (this.#rest.length < end + 2) return null;
      words.push(this.#rest.toString('utf8', size.next, end));
      at = end + 2;
    }
    this.#rest = this.#rest.subarray(at);
    return words;
  }

  /** The number in a line like `*2` or `$3`, and where the next line begins. */
  #lineAt(from: number): { readonly number: number; readonly next: number } | null {
    const end = this.#rest.indexOf('\r\n', from);
    return end < 0 ? null : { number: Number(this.#rest.toString('latin1', from + 1, end)), next: end + 2 };
  }
}

// What a server answers.
export const simple = (text: string): string => `+${text}\r\n`;
export const failure = (text: string): string => `-ERR ${text}\r\n`;
export const integer = (value: number): string => `:${value}\r\n`;
export const bulk = (text: string | undefined): string => (text === undefined ? '$-1\r\n' : `$${Buffer.byteLength(text)}\r\n${text}\r\n`);
export const list = (...items: readonly string[]): string => `*${items.length}\r\n${items.join('')}`;
