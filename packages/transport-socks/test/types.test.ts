import type { ResolvingTransport, Transport } from '@netstrata/transport';
import { tcp } from '@netstrata/transport-tcp';
import { expectTypeOf, it } from 'vitest';
import { socks } from '../src/index.js';

it('the type says whether names are taken, where the URL is known', () => {
  const text = (url: string): string => url;
  expectTypeOf(socks('socks5://p', { over: tcp })).toEqualTypeOf<ResolvingTransport>();
  expectTypeOf(socks(text('socks5://p'), { over: tcp })).toEqualTypeOf<ResolvingTransport>();
  expectTypeOf(socks(['socks5://p', new URL('http://q')], { over: tcp, resolve: 'there' })).toEqualTypeOf<ResolvingTransport>();
  expectTypeOf(socks('socks4a://p', { over: tcp })).toEqualTypeOf<ResolvingTransport>();
  expectTypeOf(socks('socks4://p', { over: tcp })).toEqualTypeOf<Transport>();
  expectTypeOf(socks('http://p?resolve=here', { over: tcp })).toEqualTypeOf<Transport>();
  expectTypeOf(socks(text('socks5://p'), { over: tcp, resolve: 'here' })).toEqualTypeOf<Transport>();
});
