import { createHash } from 'node:crypto';
import { Names, show } from './show.js';

/** What arrived on a lane since its last other entry: how bytes fall into chunks is nobody's promise. */
interface Arrival {
  readonly kind: string;
  bytes: Buffer;
}

/**
 * The records of a scenario, in lanes: one for each thing that is watched. Within a lane the order counts. Between lanes
 * it is left open, since two ends of a connection hear of each other when the kernel gets round to it.
 */
export class Lanes {
  readonly names = new Names();
  readonly #lanes = new Map<string, (string | Arrival)[]>();

  add(lane: string, text: string, values: readonly unknown[] = []): void {
    this.#lane(lane).push([text, ...values.map(show)].join(' '));
  }

  /** Bytes that arrived: chunks that follow one another become one entry. */
  addData(lane: string, chunk: string | Uint8Array): void {
    const entries = this.#lane(lane);
    const kind = typeof chunk === 'string' ? 'string' : chunk.constructor.name;
    const bytes = Buffer.from(chunk);
    const last = entries.at(-1);
    if (typeof last === 'object' && last.kind === kind) last.bytes = Buffer.concat([last.bytes, bytes]);
    else entries.push({ kind, bytes });
  }

  #lane(name: string): (string | Arrival)[] {
    let entries = this.#lanes.get(name);
    if (entries === undefined) this.#lanes.set(name, (entries = []));
    return entries;
  }

  /** All lanes as text, one entry a line. */
  report(): string {
    const lines: string[] = [];
    for (const name of [...this.#lanes.keys()].sort()) {
      lines.push(`${name}:`);
      for (const entry of this.#lanes.get(name)!) lines.push(`  ${this.names.apply(typeof entry === 'string' ? entry : showArrival(entry))}`);
    }
    return lines.join('\n');
  }
}

function showArrival({ kind, bytes }: Arrival): string {
  if (bytes.length <= 200) return `data ${kind} ${JSON.stringify(bytes.toString('utf8'))}`;
  return `data ${kind} of ${bytes.length} bytes, sha256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
}
