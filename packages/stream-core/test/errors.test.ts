import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe as group, expect, it } from 'vitest';
import { abortError, alreadyFinished, bytesGone, codedError, invalidArgType, invalidArgValue, outOfRange, type CodedError } from '../src/base/errors.js';
import { Duplex } from '../src/index.js';
import { FakeChannel, turn, WRITE_PENDING } from './support/fake-channel.js';

/** What Node throws. */
function thrown(call: () => unknown): CodedError {
  try {
    call();
  } catch (error) {
    return error as CodedError;
  }
  throw new Error('nothing was thrown');
}

const wrongPath = (value: unknown) => thrown(() => join(value as string));

it('an error with a code is made as Node makes it', () => {
  const shape = (error: CodedError): unknown => ({
    text: String(error),
    name: error.name,
    own: Object.keys(error),
    all: Object.getOwnPropertyNames(error).sort(),
    class: [error.constructor === TypeError, error instanceof TypeError],
  });
  expect(shape(invalidArgType('path', 'of type string', 5))).toEqual(shape(wrongPath(5)));
});

it('how an error with a code is shown does not change with what a program does to it', () => {
  const error = codedError(Error, 'ERR_OWN', 'told');
  error.message = 'told otherwise';
  expect([String(error), error.stack!.split('\n')[0]]).toEqual(['Error [ERR_OWN]: told otherwise', 'Error [ERR_OWN]: told']);
});

class Named { field = 1; }
const values = [
  null, undefined, 5, -0, 1.5, NaN, true, 10n, Symbol('of mine'), () => {}, function named() {}, Named, new Named(), {}, [], [1], new Date(0), new Map(),
  Object.create(null), Object.create(null, { constructor: { value: undefined } }), { constructor: undefined }, { constructor: {} }, Object.create({ constructor: undefined }),
  Object.create(null, { a: { value: 1, enumerable: true } }), Object.assign([1], { constructor: undefined }),
];

it.each(values.map((value, i) => [i, value]))('what was received is told as Node tells it (value %i)', (_i, value) => {
  expect(invalidArgType('path', 'of type string', value).message).toBe(wrongPath(value).message);
});

it.each([27, 28, 29, 100])('text of %i characters that was received is told as Node tells it', (length) => {
  const isText = (value: unknown) => thrown(() => Buffer.alloc(value as number));
  for (const text of ['x'.repeat(length), `it's${'x'.repeat(length - 4)}`, `"${"'".repeat(length - 1)}`]) {
    expect(invalidArgType('size', 'of type number', text).message).toBe(isText(text).message);
  }
});

it('names say whether they are those of an argument, of a property, or a phrase', () => {
  const messages = ['chunk', 'options.fd', 'first argument'].map((name) => invalidArgType(name, 'of type string', null).message);
  expect(messages).toEqual([
    'The "chunk" argument must be of type string. Received null',
    'The "options.fd" property must be of type string. Received null',
    'The first argument must be of type string. Received null',
  ]);
});

it.each([125, 126, 127, 200])('a value of %i characters is told as Node tells it', (length) => {
  const value = 'x'.repeat(length);
  const theirs = thrown(() => new Readable({ highWaterMark: value as unknown as number }));
  expect(invalidArgValue('options.highWaterMark', value).message).toBe(theirs.message);
});

it('the name of an argument that is wrong is told as such', () => {
  expect(invalidArgValue('mode', 5).message).toBe("The argument 'mode' is invalid. Received 5");
});

it.each([5, -1, 1.5, NaN, 4_294_967_296, 4_294_967_297, -4_294_967_297, 123_456_789_012, 1_234_567_890_123, -123_456_789_012, 1e21, -1e21, 1.5e21, 1e100, 1e12 + 0.5])('%d out of a range is told as Node tells it', (value) => {
  const bytes = Buffer.alloc(2);
  const name = Number.isInteger(value) ? '>= 0 and <= 1' : 'an integer';
  expect(outOfRange('offset', name, value).message).toBe(thrown(() => bytes.readUInt8(value)).message);
});

it('what is no number out of a range is told as a value', () => {
  expect(outOfRange('offset', 'a number', '99999999999').message).toBe('The value of "offset" is out of range. It must be a number. Received \'99999999999\'');
});

group('errors of streams', () => {
  it('that Node has no way to make have its words', () => {
    expect(alreadyFinished('end')).toMatchObject({ code: 'ERR_STREAM_ALREADY_FINISHED', message: 'Cannot call end after a stream was finished' });
    expect(bytesGone()).toMatchObject({ code: 'ERR_INVALID_STATE', message: 'Invalid state: The memory of a chunk was detached or made smaller' });
    expect(bytesGone('the buffer').message).toBe('Invalid state: The memory of the buffer was detached or made smaller');
  });

  it('of a write that was under way when its stream was destroyed are those of the system', async () => {
    const channel = new FakeChannel();
    channel.status = WRITE_PENDING;
    const stream = new Duplex(channel);
    const told: unknown[] = [];
    stream.write('x', (error) => told.push(error));
    stream.destroy();
    await turn();
    expect(told).toMatchObject([{ message: 'write ECANCELED', errno: -125, code: 'ECANCELED', syscall: 'write' }]);
  });

  it('of one that was destroyed too soon is an AbortError', () => {
    expect([String(abortError()), abortError().code]).toEqual(['AbortError: The operation was aborted', 'ABORT_ERR']);
  });
});
