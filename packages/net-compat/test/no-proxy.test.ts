import { expect, it } from 'vitest';
import { tcp } from '@netstrata/transport-tcp';
import { resolvesNames, type Transport } from '@netstrata/transport';
import { directRoutes } from '../src/outbound/proxy-variables.js';
import { routesOf } from '../src/shared/routes.js';

const proxy = { name: 'proxy', capabilities: { ...tcp.capabilities, names: true }, connect() {} } as unknown as Transport;

/** Whether a place is dialled directly with this NO_PROXY. */
function isDirect(text: string, host: string, port = 443): boolean {
  const { routes } = routesOf([...directRoutes(text), { transport: proxy }], tcp);
  const isAddress = /^[\d.]+$|:/.test(host);
  const found = isAddress ? routes!.ofAddress(host, port, host) : routes!.ofName(host, port);
  expect([tcp, proxy]).toContain(found);
  return !resolvesNames(found!);
}

it.each([
  ['example.org', 'example.org'], ['example.org', 'a.b.EXAMPLE.org.'], ['.example.org', 'a.example.org'], ['.example.org', 'example.org'],
  ['*.example.org', 'a.example.org'], ['a, b ,example.org', 'example.org'], ['a b\texample.org', 'example.org'], ['localhost', 'localhost'],
  ['*', 'example.org'], ['*', '10.0.0.1'], ['x,*', '::1'], ['10.0.0.1', '10.0.0.1'], ['10.0.0.0/8', '10.1.2.3'], ['::1', '::1'], ['[::1]', '::1'],
  ['fd00::/8', 'fd00::1'], ['example.org:443', 'example.org'], ['10.0.0.1:443', '10.0.0.1'], ['[::1]:443', '::1'], ['10.0.0.1', '::ffff:10.0.0.1'],
])('NO_PROXY=%s: %s is dialled directly', (text, host) => {
  expect(isDirect(text, host)).toBe(true);
});

it.each([
  ['', 'example.org'], [' , ', 'example.org'], ['example.org', 'badexample.org'], ['example.org', 'example.org.evil.test'], ['a.example.org', 'example.org'],
  ['10.0.0.1', '10.0.0.2'], ['10.0.0.0/8', '11.0.0.1'], ['10.0.0.0/8', 'ten.example.org'], ['example.org:80', 'example.org'], ['[::1]:80', '::1'],
])('NO_PROXY=%s: %s is not', (text, host) => {
  expect(isDirect(text, host)).toBe(false);
});

it.each(['http://example.org', 'a/b', '192.168.*', 'a:b', 'a:70000', '10.0.0.0/33', '[::1', '[example]]', ':80', '.', 'a@b'])('NO_PROXY=%s is refused', (text) => {
  expect(() => directRoutes(`fine.example,${text}`)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE', message: expect.stringContaining('NO_PROXY has') as string }) as Error);
});
