import type { Place } from '../base/place.js';

/** The local end of a listener, or of a connection that was bound explicitly. */
export interface Binding {
  readonly place: Place;
  readonly port: number;
  /** `::` without IPv4. */
  readonly ipv6Only: boolean;
  readonly reusePort: boolean;
}

/** Owns which ports of one host are bound, and the pairs of ends of its connections. */
export class Ports {
  readonly #bindings = new Map<number, Binding[]>();
  readonly #pairs = new Set<string>();
  #last = 0;

  /** Whether no other binding conflicts with it. */
  isFree(wanted: Binding): boolean {
    return this.at(wanted.port).every((held) => (wanted.reusePort && held.reusePort) || !overlap(wanted, held));
  }

  /** The port that was asked for, or for 0 the next one of a range; 0 when there is no free one. */
  choose(wanted: Binding, range: readonly [number, number]): number {
    const suits = (port: number): boolean => this.isFree({ ...wanted, port });
    if (wanted.port === 0) return this.next(range, suits);
    return suits(wanted.port) ? wanted.port : 0;
  }

  bind(binding: Binding): void {
    const held = this.#bindings.get(binding.port);
    if (held === undefined) this.#bindings.set(binding.port, [binding]);
    else held.push(binding);
  }

  unbind(binding: Binding): void {
    const held = this.at(binding.port).filter((one) => one !== binding);
    if (held.length === 0) this.#bindings.delete(binding.port);
    else this.#bindings.set(binding.port, held);
  }

  at(port: number): readonly Binding[] {
    return this.#bindings.get(port) ?? [];
  }

  /** The next suitable port of a range; 0 when no port is. Each in turn, as peers may still remember one that was just released. */
  next([least, most]: readonly [number, number], suits: (port: number) => boolean): number {
    const count = most - least + 1;
    for (let tried = 0; tried < count; tried++) {
      this.#last = this.#last < least || this.#last >= most ? least : this.#last + 1;
      if (suits(this.#last)) return this.#last;
    }
    return 0;
  }

  /** A connection is known by both its ends. */
  has(pair: string): boolean { return this.#pairs.has(pair); }
  hold(pair: string): void { this.#pairs.add(pair); }
  release(pair: string): void { this.#pairs.delete(pair); }
}

function overlap(one: Binding, other: Binding): boolean {
  return covers(one, other) || covers(other, one);
}

/** Whether what comes to the address of `other` could come to `one`. */
export function covers(one: Pick<Binding, 'place' | 'ipv6Only'>, { place }: Pick<Binding, 'place'>): boolean {
  if (!one.place.isAny) return one.place.key === place.key;
  return one.place.version === 4 ? place.version === 4 : place.version === 6 || !one.ipv6Only;
}
