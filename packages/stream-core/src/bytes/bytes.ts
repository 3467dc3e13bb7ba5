/** Bytes and text: `Buffer` where the runtime has one, `Uint8Array` elsewhere. */

import { bytesGone, unknownEncoding } from '../base/errors.js';

/** The encodings of Node's buffers by one name each (https://nodejs.org/api/buffer.html#buffers-and-character-encodings). */
export type Encoding = 'utf8' | 'utf16le' | 'latin1' | 'ascii' | 'base64' | 'base64url' | 'hex';

/** All names of encodings, as Node's types have them. At run time letters may be of any case. */
export type EncodingName = Encoding | 'utf-8' | 'utf-16le' | 'ucs2' | 'ucs-2' | 'binary';

const NodeBuffer = (globalThis as { Buffer?: typeof Buffer }).Buffer;

/** The Buffer that knows an encoding: that of the npm package `buffer`, which pages use, does not know base64url. */
const bufferFor: (encoding: Encoding | undefined) => typeof Buffer | undefined = NodeBuffer?.isEncoding('base64url') === false
  ? (encoding) => (encoding === 'base64url' ? undefined : NodeBuffer)
  : () => NodeBuffer;

const NAMES: Readonly<Record<string, Encoding>> = Object.assign(Object.create(null) as Record<string, Encoding>, {
  utf8: 'utf8', 'utf-8': 'utf8', utf16le: 'utf16le', 'utf-16le': 'utf16le', ucs2: 'utf16le', 'ucs-2': 'utf16le',
  latin1: 'latin1', binary: 'latin1', ascii: 'ascii', base64: 'base64', base64url: 'base64url', hex: 'hex',
} satisfies Record<string, Encoding>);

/** The canonical name of an encoding that Node knows, in any letter case; undefined for others. */
export function encodingName(name: unknown): Encoding | undefined {
  return typeof name === 'string' ? (NAMES[name] ?? NAMES[name.toLowerCase()]) : undefined;
}

/** The same name. Throws ERR_UNKNOWN_ENCODING. */
export function knownEncoding(name: string): string {
  if (encodingName(name) === undefined) throw unknownEncoding(name);
  return name;
}

// ---- memory -------------------------------------------------------------------------------------------------------------

/**
 * V8 keeps typed arrays up to this size on its own heap, which is cheaper than memory of the system's; reading `buffer` gives an
 * ArrayBuffer all the same.
 */
const ON_HEAP = 64;

/**
 * Memory for bytes that are about to be written: the whole of an ArrayBuffer that nothing else uses, which `Buffer.allocUnsafe` and
 * `Buffer.from` do not give. What is in it before is not defined.
 */
export const allocate: (size: number) => Uint8Array = NodeBuffer
  ? (size) => (size <= ON_HEAP ? NodeBuffer.alloc(size) : NodeBuffer.allocUnsafeSlow(size))
  : (size) => new Uint8Array(size);

/** The same bytes in memory that nothing else uses. */
export function copyOf(bytes: Uint8Array): Uint8Array {
  const size = sizeOf(bytes);
  const copy = allocate(size);
  // What was detached has none, and `set` would throw.
  if (size > 0) copyInto(copy, bytes, 0);
  return copy;
}

/** The bytes of all chunks, in sequence, in memory that nothing else uses. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const chunk of chunks) size += sizeOf(chunk);
  const bytes = allocate(size);
  let at = 0;
  for (const chunk of chunks) {
    const chunkSize = sizeOf(chunk);
    if (chunkSize > 0) copyInto(bytes, chunk, at);
    at += chunkSize;
  }
  return bytes;
}

/** The same bytes as what users receive: a Buffer where there is one. Nothing is copied. */
export const view: (bytes: Uint8Array) => Uint8Array = NodeBuffer
  ? (bytes) => (bytes instanceof NodeBuffer ? bytes : viewOf(bytes))
  : (bytes) => bytes;

// ---- what others hand in ------------------------------------------------------------------------------------------------

/*
 * A class of the user's, or a property, may say anything of a typed array: its length, where it begins. The system reads what is really
 * there, so these ask the language's own accessors, as they were when this was loaded.
 */
type Getter<T> = (view: ArrayBufferView) => T;
const callable = (method: unknown): unknown => Function.prototype.call.bind(method as () => unknown) as unknown;
const bind = <T>(prototype: object, key: PropertyKey): Getter<T> =>
  callable(Reflect.get(Object.getOwnPropertyDescriptor(prototype, key)!, 'get')) as Getter<T>;
/** Where the builtins are frozen a method may be behind a getter, which is not what is meant. */
const method = (prototype: object, key: PropertyKey): unknown => callable(Reflect.get(prototype, key));
const bytePrototype = Uint8Array.prototype;
const bufferPrototype: unknown = NodeBuffer?.prototype;
const typedPrototype = Object.getPrototypeOf(bytePrototype) as object;
const kindOf = bind<string | undefined>(typedPrototype, Symbol.toStringTag);
const bufferOf = bind<ArrayBufferLike>(typedPrototype, 'buffer');
const offsetOf = bind<number>(typedPrototype, 'byteOffset');
const validate = method(typedPrototype, 'keys') as Getter<unknown>;
const viewBufferOf = bind<ArrayBufferLike>(DataView.prototype, 'buffer');
const viewOffsetOf = bind<number>(DataView.prototype, 'byteOffset');
const viewSizeOf = bind<number>(DataView.prototype, 'byteLength');
const { getPrototypeOf, hasOwn } = Object;

/** Puts bytes into memory that has room for them, whatever the objects' own `set` would do. */
export const copyInto = method(typedPrototype, 'set') as (memory: Uint8Array, bytes: Uint8Array, at: number) => void;

/** How many bytes a typed array really has; 0 when its memory was detached, or does not reach so far any more. */
export const sizeOf: (bytes: Uint8Array) => number = bind<number>(typedPrototype, 'byteLength');

/** Whether something is a Buffer, a TypedArray or a DataView, of any realm, and not only made to look like one. */
export function isBytes(value: unknown): value is ArrayBufferView {
  return ArrayBuffer.isView(value);
}

/** Whether it is a Uint8Array, a Buffer among them. */
export function isByteArray(value: unknown): value is Uint8Array {
  return kindOf(value as ArrayBufferView) === 'Uint8Array';
}

/**
 * The bytes of such a thing, as an object that says the truth about how many they are; nothing is copied. Throws ERR_INVALID_STATE where
 * they are gone: the memory was detached, or is too small by now.
 */
export function asBytes(data: ArrayBufferView): Uint8Array {
  const prototype: unknown = getPrototypeOf(data);
  if ((prototype !== bufferPrototype && prototype !== bytePrototype) || hasOwn(data, 'length')) return viewOf(data);
  if (sizeOf(data as Uint8Array) === 0) checkThere(data);
  return data as Uint8Array;
}

/** The same for who may ask such an object for its place in memory, too. */
export function honest(bytes: Uint8Array): Uint8Array {
  return hasOwn(bytes, 'byteLength') || hasOwn(bytes, 'byteOffset') || hasOwn(bytes, 'buffer') ? viewOf(bytes) : asBytes(bytes);
}

/**
 * The bytes from `from` on, `size` of them, which must be there: in the same memory, whatever the object's own `subarray` or `constructor`
 * would do.
 */
export function partOf(bytes: Uint8Array, from: number, size: number): Uint8Array {
  return madeOf(bufferOf(bytes), offsetOf(bytes) + from, size);
}

function viewOf(data: ArrayBufferView): Uint8Array {
  checkThere(data);
  const isTyped = kindOf(data) !== undefined;
  const buffer = isTyped ? bufferOf(data) : viewBufferOf(data);
  const offset = isTyped ? offsetOf(data) : viewOffsetOf(data);
  const size = isTyped ? sizeOf(data as Uint8Array) : viewSizeOf(data);
  return madeOf(buffer, offset, size);
}

const madeOf: (buffer: ArrayBufferLike, offset: number, size: number) => Uint8Array = NodeBuffer
  ? (buffer, offset, size) => NodeBuffer.from(buffer, offset, size)
  : (buffer, offset, size) => new Uint8Array(buffer, offset, size);

function checkThere(data: ArrayBufferView): void {
  try {
    if (kindOf(data) === undefined) viewSizeOf(data);
    else validate(data);
  } catch {
    throw bytesGone();
  }
}

// ---- text ---------------------------------------------------------------------------------------------------------------

/** Text as bytes. Throws ERR_UNKNOWN_ENCODING. */
export function encode(text: string, encoding: string): Uint8Array {
  const name = encodingName(encoding);
  if (name === undefined) throw unknownEncoding(encoding);
  return bufferFor(name)?.from(text, name) ?? view(portableEncode(text, name));
}

/** Puts text into memory that has room for it, and says how many bytes it makes; -1 where that has to be done by way of `encode`. */
export function encodeInto(memory: Uint8Array, text: string, at: number, encoding: string): number {
  const name = encodingName(encoding);
  return bufferFor(name) ? (memory as Buffer).write(text, at, name) : -1;
}

/** Bytes as text. */
export const decode: (bytes: Uint8Array, encoding: Encoding) => string = NodeBuffer
  ? (bytes, encoding) => (bufferFor(encoding) ? (view(bytes) as Buffer).toString(encoding) : portableDecode(bytes, encoding))
  : portableDecode;

/** How many bytes `encode` would make. */
export function byteLength(text: string, encoding: string): number {
  return bufferFor(encodingName(encoding))?.byteLength(text, encoding as BufferEncoding) ?? encode(text, encoding).length;
}

/** @internal Exported for the tests, which compare it with Buffer. */
export function portableEncode(text: string, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case 'utf8':
      return new TextEncoder().encode(text);
    case 'latin1':
    case 'ascii':
      return fromUnits(text);
    case 'utf16le': {
      const bytes = new Uint8Array(text.length * 2);
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        bytes[2 * i] = unit;
        bytes[2 * i + 1] = unit >> 8;
      }
      return bytes;
    }
    case 'hex': {
      const [digits] = /^[0-9a-f]*/i.exec(text)!;
      return Uint8Array.from({ length: digits.length >> 1 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
    }
    case 'base64':
    case 'base64url': {
      const digits = text.split('=', 1)[0].replaceAll('-', '+').replaceAll('_', '/').replace(/[^A-Za-z0-9+/]/g, '');
      const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
      return fromUnits(atob(whole));
    }
  }
}

/** The low byte of every UTF-16 code unit. */
function fromUnits(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** @internal Exported for the tests, which compare it with Buffer. */
export function portableDecode(bytes: Uint8Array, encoding: Encoding): string {
  switch (encoding) {
    case 'utf8':
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    case 'utf16le': {
      let text = '';
      for (let i = 0; i + 1 < bytes.length; i += 2) text += String.fromCharCode(bytes[i] | (bytes[i + 1] << 8));
      return text;
    }
    case 'latin1':
      return fromCodes(bytes, 0xff);
    case 'ascii':
      return fromCodes(bytes, 0x7f);
    case 'hex':
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    case 'base64':
      return btoa(fromCodes(bytes, 0xff));
    case 'base64url':
      return btoa(fromCodes(bytes, 0xff)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  }
}

function fromCodes(bytes: Uint8Array, mask: number): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte & mask);
  return text;
}
