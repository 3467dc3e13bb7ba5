import type { NetworkEvent } from '@netstrata/transport-memory';
import type { FaultKind } from './fault.js';

/** Where faults can change something: hosts by their numbers. Wherever a list is empty, all hosts are meant. */
export interface Targets {
  readonly hosts: Readonly<Partial<Record<FaultKind, readonly number[]>>>;
  /** Two that talk, and how many bytes get from the first to the second. */
  readonly pairs: readonly { readonly from: number; readonly to: number; readonly bytes: number }[];
}

type Event = Pick<NetworkEvent, 'host' | 'bytes'> & { readonly kind: string };

/** Owns who talks to whom in a run. */
export class Traffic {
  readonly #bytes = new Map<string, Map<string, number>>();
  readonly #dialling = new Set<string>();
  readonly #dialled = new Set<string>();

  /** `peer` is the name of the host at the other end. */
  add({ kind, host, bytes }: Event, peer: string): void {
    if (kind === 'connect') {
      this.#dialling.add(host);
      this.#dialled.add(peer);
      this.#carried(host, peer, 0);
      this.#carried(peer, host, 0);
    } else if (kind === 'arrive') {
      this.#carried(peer, host, bytes);
    }
  }

  #carried(from: string, to: string, bytes: number): void {
    const of = this.#bytes.get(from) ?? new Map<string, number>();
    this.#bytes.set(from, of);
    of.set(to, (of.get(to) ?? 0) + bytes);
  }

  targets(hosts: readonly { readonly name: string; readonly boot: unknown }[]): Targets {
    const numbers = new Map(hosts.map(({ name }, number) => [name, number]));
    const numbersOf = (names: Iterable<string>): number[] => [...names].flatMap((name) => numbers.get(name) ?? []);
    const [dialling, dialled, talking] = [this.#dialling, this.#dialled, this.#bytes.keys()].map(numbersOf);
    const pairsOf = (from: string, all: ReadonlyMap<string, number>): Targets['pairs'][number][] => [...all].flatMap(([to, bytes]) => {
      const [one, other] = [numbers.get(from), numbers.get(to)];
      // What a host says to itself, no fault is in the way of.
      return one === undefined || other === undefined || one === other ? [] : [{ from: one, to: other, bytes }];
    });
    return {
      hosts: {
        crash: hosts.flatMap(({ boot }, number) => (boot === null ? [] : [number])),
        pause: talking, files: talking, 'slow reader': talking,
        ports: dialling,
        refuse: dialled, ignore: dialled, name: dialled,
      },
      pairs: [...this.#bytes].flatMap(([from, all]) => pairsOf(from, all)),
    };
  }
}
