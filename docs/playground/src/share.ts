import { EXAMPLES, exampleOf, type Example } from './examples.js';
import { isFault } from './faults.js';
import type { WorldOptions } from './protocol.js';

/** All that a link says. */
export interface Shared {
  readonly example: Example;
  /** Null where it is that of the example. */
  readonly code: string | null;
  readonly world: WorldOptions;
  /** Of the prompt. */
  readonly lines: readonly string[];
}

/** Characters of a link, and of what is packed in it. */
const LONGEST = 32_000;
const LARGEST = 20_000;
/** Lines of that, and characters of one: the editor's time for a line grows with the square of its length. */
const MOST_LINES = 1000;
const LONGEST_LINE = 2000;

const BROKEN = 'This link is damaged: a part of it is missing or was changed.';

export class BadLink extends Error {}

/** The fragment of a link. What is as in the example is left out. */
export async function fragmentOf({ example, code, world, lines }: Shared): Promise<string> {
  const fields = new URLSearchParams({ example: example.id });
  if (example.kind === 'world') {
    fields.set('seed', String(world.seed));
    for (const [name, value] of Object.entries(world.link)) fields.set(name, String(value));
    if (JSON.stringify(world.faults) !== JSON.stringify(example.world.faults)) fields.set('faults', await pack(JSON.stringify(world.faults)));
  }
  if (code !== null) fields.set('code', await pack(code));
  if (lines.length > 0) fields.set('lines', await pack(JSON.stringify(lines)));
  return `#${fields.toString()}`;
}

/** What the fragment of a link says; null where there is none. Throws BadLink. */
export async function sharedBy(fragment: string): Promise<Shared | null> {
  if (!fragment.includes('=')) return null;
  if (fragment.length > LONGEST) throw new BadLink(`This link is too long: ${fragment.length} characters, and ${LONGEST} is the most.`);
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const id = fields.get('example') ?? EXAMPLES[0].id;
  const example = exampleOf(id);
  if (example === undefined) throw new BadLink(`This link is for an example that is not here: “${id.slice(0, 40)}”.`);
  const [code, faults, lines] = await Promise.all(['code', 'faults', 'lines'].map((name) => unpackField(fields, name)));
  checkLines(code ?? '');
  return {
    example,
    code,
    world: {
      seed: numberOf(fields, 'seed', example.world.seed, Number.MAX_SAFE_INTEGER, true),
      link: {
        latency: numberOf(fields, 'latency', example.world.link.latency, 60_000),
        jitter: numberOf(fields, 'jitter', example.world.link.jitter, 60_000),
        loss: numberOf(fields, 'loss', example.world.link.loss, 0.99),
      },
      faults: faults === null ? example.world.faults : listOf(faults, isFault),
    },
    lines: lines === null ? [] : listOf(lines, isText),
  };
}

function numberOf(fields: URLSearchParams, name: string, otherwise = 0, most: number, isWhole = false): number {
  const text = fields.get(name);
  if (text === null) return otherwise;
  const value = Number(text);
  const isFit = text.trim() !== '' && value >= 0 && value <= most && (!isWhole || Number.isInteger(value));
  if (!isFit) throw new BadLink(`This link has no number for ${name}, but “${text.slice(0, 20)}”.`);
  return value;
}

const isText = (value: unknown): value is string => typeof value === 'string';

function listOf<T>(json: string, isOne: (value: unknown) => value is T): T[] {
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch {
    throw new BadLink(BROKEN);
  }
  if (!Array.isArray(list) || list.length > 200 || !list.every(isOne)) throw new BadLink(BROKEN);
  return list;
}

async function unpackField(fields: URLSearchParams, name: string): Promise<string | null> {
  const packed = fields.get(name);
  return packed === null ? null : unpack(packed);
}

/** Text, deflated, in the characters that a URL may have. */
async function pack(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function unpack(packed: string): Promise<string> {
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    return await textOf(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')));
  } catch (error) {
    throw error instanceof BadLink ? error : new BadLink(BROKEN);
  }
}

/** A few bytes can unpack to very many. */
async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = stream.getReader();
  let text = '';
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    text += decoder.decode(next.value, { stream: true });
    if (text.length <= LARGEST) continue;
    await reader.cancel();
    throw new BadLink(`What this link holds is too large: ${LARGEST} characters is the most.`);
  }
  return text + decoder.decode();
}

/** Throws where the editor would be slow. */
function checkLines(code: string): void {
  const lines = code.split('\n');
  if (lines.length > MOST_LINES) throw new BadLink(`What this link holds is too large: ${MOST_LINES} lines is the most.`);
  if (lines.some((line) => line.length > LONGEST_LINE)) throw new BadLink(`A line in this link is too long: ${LONGEST_LINE} characters is the most.`);
}
