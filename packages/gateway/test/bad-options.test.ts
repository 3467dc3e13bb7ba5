import { describe, expect, it } from 'vitest';
import { tunnel, type TunnelOptions } from '../src/tunnel/index.js';
import { createGateway } from '../src/index.js';

const refusal = (options: object): string => {
  try {
    createGateway(options).close();
    return 'taken';
  } catch (error) {
    const { code, message } = error as Error & { code: string };
    return `${code}: ${message}`;
  }
};

describe('a rule that is none is an error at start, and is shown', () => {
  it.each([
    'db.internal:', 'db.internal:65536', 'db.internal:90-80', 'db internal:80', '10.0.0.0/33', '10.0.0.1:80=10.0.0.0/8', '127.1:80', '010.0.0.1',
    'db.internal=10.0.0.0/8:80', 'db.internal=', 'db.internal=other.internal', '*.', '*.*.example.com', 'a*.example.com', 'https://example.com', 'exämple.com', '',
  ])('%j', (rule) => {
    const said = refusal({ allow: ['10.0.0.1', rule] });
    expect(said).toMatch(/^ERR_INVALID_ARG_VALUE/);
    expect(said).toContain('allow[1]');
    expect(said).toContain(rule);
  });

  it('names are not listened on', () => {
    expect(refusal({ listen: ['localhost:80'] })).toMatch(/^ERR_INVALID_ARG_VALUE.*listen\[0\].*localhost:80/);
  });

  it('nor does a rule that denies say where a name leads', () => {
    expect(refusal({ deny: ['db.internal=10.0.0.0/8'] })).toMatch(/^ERR_INVALID_ARG_VALUE.*deny\[0\]/);
  });
});

describe('so is everything else that is no option', () => {
  it.each<[string, object, RegExp]>([
    ['an option with a typo', { alow: ['10.0.0.1'] }, /^ERR_INVALID_ARG_VALUE.*"alow"/],
    ['a limit with a typo', { limits: { stream: 5 } }, /^ERR_INVALID_ARG_VALUE.*"stream"/],
    ['a limit of nothing', { limits: { streams: 0 } }, /^ERR_OUT_OF_RANGE.*limits\.streams/],
    ['a time that no timer takes', { limits: { dial: 2 ** 31 } }, /^ERR_OUT_OF_RANGE.*limits\.dial/],
    ['rules that are no list', { allow: '10.0.0.1' }, /^ERR_INVALID_ARG_TYPE.*allow/],
    ['a rule that is no text', { allow: [80] }, /^ERR_INVALID_ARG_TYPE.*allow\[0\]/],
    ['a destination of TLS without a port', { tls: ['redis.internal'] }, /^ERR_INVALID_ARG_VALUE.*tls\[0\]/],
    ['proxies that are no addresses', { trust: ['nobody'] }, /^ERR_INVALID_ARG_VALUE.*trust/],
    ['a window below that of the protocol', { window: 1024 }, /^ERR_OUT_OF_RANGE.*window/],
    ['pings without a pause', { keepAlive: 0 }, /^ERR_OUT_OF_RANGE.*keepAlive/],
    ['a transport that is none', { over: {} }, /^ERR_INVALID_ARG_TYPE.*over/],
    ['a resolver that is none', { lookup: 'dns' }, /^ERR_INVALID_ARG_TYPE.*lookup/],
  ])('%s', (_, options, said) => {
    expect(refusal(options)).toMatch(said);
  });
});

it('a gateway that allows nothing says so, and how to allow something', () => {
  const said: string[] = [];
  createGateway({ events: { notice: (text) => said.push(text) } }).close();
  expect(said).toEqual([expect.stringMatching(/refuses every destination.*allow: \['db\.internal:5432=/)]);
  createGateway({ allow: ['10.0.0.1'], events: { notice: (text) => said.push(text) } }).close();
  expect(said).toHaveLength(1);
});

it('a tunnel throws at once for what no dial can use', () => {
  const thrown = (url: string, options?: TunnelOptions): unknown => {
    try {
      return tunnel(url, options);
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };
  expect([thrown('nowhere'), thrown('ftp://gateway.example/'), thrown('ws://gateway.example/', { headers: { 'a b': 'c' } })]).toEqual(Array(3).fill('ERR_INVALID_ARG_VALUE'));
  expect(thrown('ws://gateway.example/', { token: 5 as never })).toBe('ERR_INVALID_ARG_TYPE');
});
