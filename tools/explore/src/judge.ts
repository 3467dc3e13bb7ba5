import type { World } from '@netstrata/simulation';
import { isExplained, type Circumstances } from './explained.js';
import { codeOf, type Life } from './life.js';

/** The most that one read delivers. */
export const READ = 65_536;

/** A violation: the rule, and how it was broken. */
export interface Violation {
  readonly rule: string;
  readonly text: string;
}

/** Keeps the lives of one run and which are connected, and collects violations. */
export class Judge {
  readonly world: World;
  readonly circumstances: Circumstances;
  readonly lives: Life[] = [];
  readonly violations: Violation[] = [];
  readonly #ends = new Map<number, { client: Life | null; server: Life | null }>();

  constructor(world: World, circumstances: Circumstances) {
    this.world = world;
    this.circumstances = circumstances;
  }

  get now(): number { return this.world.now; }

  fail(rule: string, text: string): void {
    if (this.violations.length < 20) this.violations.push({ rule, text });
    this.log(`VIOLATION ${rule}: ${text}`);
  }

  /** Into the timeline: what programs observe is part of a run, and of its digest. */
  log(text: string): void {
    this.world.record('log', '', text);
  }

  stands(life: Life): void {
    const ends = this.#ends.get(life.connection) ?? { client: null, server: null };
    this.#ends.set(life.connection, ends);
    const side = life.isClient ? 'client' : 'server';
    if (ends[side] !== null) this.fail('once', `${life.name}: connection ${life.connection} belongs to ${ends[side].name}`);
    ends[side] = life;
  }

  /** The other end of its connection. */
  other(life: Life): Life | null {
    const ends = this.#ends.get(life.connection);
    return ends === undefined ? null : life.isClient ? ends.server : ends.client;
  }

  /** The writer of what this life reads, through pipes. Null if the path is not known. */
  writerFor(life: Life): Life | null {
    let writer = this.other(life);
    for (let hops = 0; writer?.pipedFrom != null && hops < 10; hops++) writer = this.other(writer.pipedFrom);
    return writer;
  }

  keyFor(life: Life): number | null {
    return this.writerFor(life)?.key ?? null;
  }

  mostFor(life: Life): number {
    return this.writerFor(life)?.written ?? 0;
  }

  explain(life: Life, error: Error): void {
    const inner = (error as { errors?: readonly Error[] }).errors ?? [error];
    for (const one of inner) if (!isExplained(codeOf(one), life, this.other(life), this.circumstances)) this.fail('explained', `${life.name}: nothing explains ${codeOf(one)}: ${one.message.split('\n', 1)[0]}`);
  }

  /** How much has been transferred so far. */
  get moved(): number {
    return this.lives.reduce((sum, { position, stream }) => sum + position + (stream.bytesRead ?? 0) + (stream.bytesWritten ?? 0), 0);
  }

  // ---- once everything is quiet -------------------------------------------------------------------------------------

  /** Everything that was in flight has arrived: every reader has all bytes, and nothing waits. */
  settled(): void {
    for (const life of this.lives) {
      if (!life.isOpen) continue;
      const { stream } = life;
      if (life.needsDrain && stream.writableLength === 0 && !stream.writableEnded) life.fail('drain', "no 'drain', and nothing waits any more");
      if (stream.timeout !== undefined && stream.timeout > 0 && life.timeouts === 0) life.fail('timeout', `no 'timeout' of ${stream.timeout} ms`);
      this.#settledReader(life);
      this.#hears(life);
      const { bytesRead, readableHighWaterMark } = stream;
      if (life.pipedFrom === null && bytesRead !== undefined && stream.readableEncoding === null && bytesRead > life.position + life.putBack + readableHighWaterMark + READ) life.fail('bounded', `${bytesRead} bytes were taken from the channel, and ${life.position} read`);
    }
  }

  /** A reader must notice that the other end is gone, and a writer whose bytes cannot leave that its peer is gone. */
  #hears(life: Life): void {
    const other = this.other(life);
    if (other === null || this.circumstances.has('partition')) return;
    if (life.reads && life.pipedFrom === null && other.isClosed && !other.isDead && !life.hasEnded) life.fail('hears', `reads, and never heard that ${other.name} is closed`);
    if (other.isDead && life.stream.writableLength > 0 && !life.isCorked) life.fail('hears', `cannot send ${life.stream.writableLength} bytes, and never heard that ${other.name} has crashed`);
  }

  #settledReader(life: Life): void {
    if (!life.reads || life.pipedFrom !== null) return;
    let writer = this.other(life);
    for (let hops = 0; writer?.isOpen === true && writer.pipedFrom !== null && hops < 10; hops++) {
      if (!writer.pipedFrom.isOpen || !writer.pipedFrom.reads || writer.endCalled) return;
      writer = this.other(writer.pipedFrom);
    }
    if (writer?.isOpen !== true || writer.isCorked) return;
    if (life.position + life.putBack + life.leaves + (life.stream.readableEncoding === null ? 0 : 3) < writer.written) life.fail('arrives', `has ${life.position} bytes of the ${writer.written} that ${writer.name} wrote, reads, and nothing comes any more`);
    if (writer.stream.writableLength > 0) writer.fail('arrives', `${writer.stream.writableLength} bytes wait though ${life.name} reads`);
    if (writer.endCalled && !writer.hasFinished) writer.fail('arrives', `no 'finish' though ${life.name} reads`);
    if (writer.endCalled && !life.hasEnded) life.fail('arrives', `no 'end' though ${writer.name} has ended`);
  }

  /** The end of the run. */
  over(): void {
    for (const life of this.lives) {
      if (!life.isDead) this.#overOne(life);
      if (life.hasEnded) this.#ended(life);
    }
  }

  #overOne(life: Life): void {
    if (!life.isClosed) life.fail('closes', "no 'close'");
    for (const { label, count } of life.calls) if (count !== 1) life.fail('callback', `${label} called back ${count} times`);
  }

  /** A reader that saw an end without an error has everything, unless the writer cut it short itself. */
  #ended(life: Life): void {
    const other = this.other(life);
    if (other === null) return;
    if (!other.endCalled && !other.hasFinished && other.gone === null && other.error === null && !other.hasEnded && !other.isClosed && !other.stream.destroyed) life.fail('complete', `'end', and ${other.name} never ended`);
    if (other.pipedFrom !== null) return;
    const { gotAtEnd: got } = life;
    if (got === null) return;
    if (other.hasFinished && got !== other.finishedWith) life.fail('complete', `'end' after ${got} bytes, and ${other.name} finished with ${other.finishedWith}`);
    if (!other.isClosed && !other.stream.destroyed && !other.isDead && got !== other.written) life.fail('complete', `'end' after ${got} bytes of ${other.written}`);
    if (got < other.told) life.fail('complete', `'end' after ${got} bytes, and ${other.name} was told that ${other.told} went well`);
  }
}
