/** `10.0.0.1:80`, `[fd00::1]:80`. */
const PLACE = /^\[?(?:::ffff:)?([^\]]+?)\]?:(\d+)$/;

/** Owns which host has an address, for texts that people read. */
export class AddressNames {
  readonly #names = new Map<string, string>();

  add(address: string, name: string): void {
    this.#names.set(address, name);
  }

  /** The host at the end of a connection; empty where it is none of this world. */
  hostOf(place: string): string {
    return this.#names.get(PLACE.exec(place)?.[1] ?? '') ?? '';
  }

  /** `server:80` for `10.0.0.1:80`; other texts as they are. */
  nameOf(place: string): string {
    const match = PLACE.exec(place);
    const name = match === null ? undefined : this.#names.get(match[1]);
    return name === undefined ? place : `${name}:${match![2]}`;
  }
}
