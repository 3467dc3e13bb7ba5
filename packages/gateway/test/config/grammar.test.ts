import { describe, expect, it } from 'vitest';
import { duration, listen, origin, rate, window } from '../../src/config/grammar.js';

describe('a value of a setting', () => {
  it.each([
    ['262144', 262_144], ['256KiB', 262_144], ['256 KiB', 262_144], ['1MB', 1_000_000], ['1.5MiB', 1_572_864], ['2kB', 2000], ['1GiB', 2 ** 30],
  ])('of bytes: %s', (text, value) => {
    expect(rate.parse(text)).toBe(value);
  });

  it.each(['', '0', '-1', '1e3', '1Mb', '1 M', 'KiB', '0.5', '0x10', '9007199254740993', '9999999999999GB'])('of bytes is not %j', (text) => {
    expect(rate.parse(text)).toBeNull();
  });

  it('of a window is what the protocol has', () => {
    expect(['256KiB', '1GiB', '255KiB', '2GiB', 'KiB'].map((text) => window.parse(text))).toEqual([262_144, 2 ** 30, null, null, null]);
  });

  it.each([['1MB/s', 1_000_000], ['512KiB/s', 524_288], ['1000', 1000]])('of bytes in a second: %s', (text, value) => {
    expect(rate.parse(text)).toBe(value);
  });

  it.each([['30s', 30_000], ['5m', 300_000], ['1.5h', 5_400_000], ['250ms', 250], ['0s', 0], ['24d', 2_073_600_000]])('of time: %s', (text, value) => {
    expect(duration.parse(text)).toBe(value);
  });

  it.each(['', '30', '5 minutes', '-5s', '25d', '1w', '0.0001s', 's'])('of time is not %j', (text) => {
    expect(duration.parse(text)).toBeNull();
  });

  it.each([
    ['127.0.0.1:8080', '127.0.0.1', 8080], ['[::1]:0', '::1', 0], ['localhost:1', 'localhost', 1], [':8080', null, 8080], ['*:8080', null, 8080], ['8080', null, 8080],
  ])('of a place to listen: %s', (text, host, port) => {
    expect(listen.parse(text)).toEqual({ host, port });
  });

  it.each(['', '127.0.0.1', '::1', 'example.com:80', ':65536', '127.1:80', '0x7f.1:80', ':-1'])('of a place to listen is not %j', (text) => {
    expect(listen.parse(text)).toBeNull();
  });

  it.each(['https://app.example/', 'app.example', 'HTTPS://app.example', 'null', '', 'https://app.example:443'])('of an origin is not %j', (text) => {
    expect(origin.parse(text)).toBeNull();
  });
});
