import { once } from 'node:events';
import { createNetwork } from '@netstrata/transport-memory';
import { afterEach, describe, expect, it } from 'vitest';
import { createNet, type NetOptions, type Route } from '../src/core.js';
import net from '../src/index.js';
import { watched } from './support/two-networks.js';

const { tcp } = createNetwork().host('here', '10.0.0.1');

const made = (options: unknown) => () => createNet(options as NetOptions);
const routed = (route: unknown) => made({ routes: [route], tcp });

function thrownBy(body: () => unknown): { code?: string; message?: string } {
  try {
    body();
    return {};
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
}

describe('in the place of a transport', () => {
  for (const place of ['tcp', 'ipc', 'routes[0].transport']) {
    const given = (value: unknown): unknown => (place.startsWith('routes') ? { routes: [{ host: 'a', transport: value }] } : { [place]: value });
    for (const [what, value, missing] of [
      ['an empty object', {}, 'it has no `connect` and no `capabilities`. Received an instance of Object'],
      ['a net', net, 'it has no `capabilities`. Received an instance of Object'],
      ['a net that was made', createNet(), 'it has no `capabilities`. Received an instance of Object'],
      ['something without `connect`', { name: 'x', capabilities: {} }, 'it has no `connect`. Received an instance of Object'],
    ] as const) {
      it(`${what} is refused as ${place}`, () => {
        expect(thrownBy(made(given(value)))).toEqual({ code: 'ERR_INVALID_ARG_TYPE', message: `The "options.${place}" property must be a Transport: ${missing}` });
      });
    }
    for (const value of [null, 'tcp', 5, true]) {
      it(`${String(value)} is refused as ${place}`, () => {
        expect(thrownBy(made(given(value)))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE', message: expect.stringMatching(/must be a Transport\. Received/) as string });
      });
    }
  }
});

describe('a route', () => {
  for (const host of ['a', '*.a', '*', 'A.b.', 'xn--a', '10.0.0.1', '10.0.0.0/8', '10.1.2.3/8', '::1', '::/0', '::ffff:10.0.0.0/104', 'a_b', 'host-1', 'ä.example', undefined]) {
    it(`may be for the host ${host}`, () => { expect(routed({ host, transport: tcp })).not.toThrow(); });
  }
  for (const host of ['', '.', '*.', '.a', 'a..', 'a*', '*a', '*.*', '**', 'a b', 'a:80', 'a/b', 'http://a', '[::1]', '10.0.0.0/33', '10.0.0/8', '::/129', '10.0.0.0/-1', '10.0.0.0/', '10.0.0', '300.1.1.1', '*.1', '*.0.0.0/8', 'fe80::1%lo', 'a\0', 'a@b']) {
    it(`is not for the host '${host}'`, () => {
      expect(thrownBy(routed({ host, transport: tcp }))).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE', message: expect.stringContaining("'options.routes[0].host' must be a ") as string });
    });
  }
  for (const host of [null, 5, ['a'], /a/]) {
    it(`is not for a host of the type of ${String(host)}`, () => { expect(thrownBy(routed({ host, transport: tcp }))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' }); });
  }
  for (const port of [undefined, 0, 65_535, '80', ' 80 ', '6000-6999', '6000 - 6999', '80-80', [6000, 6999], ['6000', '6999'], { from: 6000, to: 6999 }, { from: '6000', to: '6999' }]) {
    it(`may be for the port ${JSON.stringify(port)}`, () => { expect(routed({ port, transport: tcp })).not.toThrow(); });
  }
  for (const port of [-1, 65_536, 1.5, Number.NaN, '', ' ', 'x', '-1', '1-', '-', '1-2-3', '6999-6000', '0x50', '1e3', [1], [], [1, 2, 3], [2, 1], ['a', 'b'], {}, { from: 1 }, { to: 1 }, { from: 2, to: 1 }, { from: 1, to: 70_000 }, { from: null, to: 1 }]) {
    it(`is not for the port ${JSON.stringify(port)}`, () => {
      expect(thrownBy(routed({ port, transport: tcp }))).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE', message: expect.stringContaining("'options.routes[0].port' must be a port, or a range") as string });
    });
  }
  for (const port of [null, true, () => 1, Symbol('1'), 1n]) {
    it(`is not for a port of the type of ${String(port)}`, () => { expect(thrownBy(routed({ port, transport: tcp }))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' }); });
  }
  for (const route of [null, undefined, 5, 'a', ['a'], () => {}]) {
    it(`is not ${String(route)}`, () => { expect(thrownBy(routed(route))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE', message: expect.stringContaining('"options.routes[0]"') as string }); });
  }
  it('needs a list around it', () => {
    for (const routes of [null, {}, 'a', { host: 'a', transport: tcp }]) {
      expect(thrownBy(made({ routes, tcp }))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE', message: expect.stringContaining('"options.routes" property must be an instance of Array') as string });
    }
    expect(made({ routes: [], tcp })).not.toThrow();
  });
});

describe('the ports of a route', () => {
  for (const port of ['6000-6999', [6000, 6999], { from: 6000, to: 6999 }] as const) {
    it(`are from the first to the last: ${JSON.stringify(port)}`, async () => {
      const [seen, others]: unknown[][] = [[], []];
      const mine = createNet({ routes: [{ port, transport: watched(tcp, seen) }], tcp: watched(tcp, others) });
      for (const dialled of [5999, 6000, 6500, 6999, 7000]) await once(mine.connect(dialled, '10.0.0.1'), 'error');
      const ports = [seen, others].map((list) => list.map((endpoint) => (endpoint as { port: number }).port));
      expect(ports).toEqual([[6000, 6500, 6999], [5999, 7000]]);
    });
  }
});

it('what happens to the list, and to the routes in it, later means nothing', async () => {
  const [seen, others]: unknown[][] = [[], []];
  const route: Route = { host: '10.0.0.0/8', port: 1, transport: watched(tcp, seen) };
  const list = [route];
  const mine = createNet({ routes: list, tcp: watched(tcp, others) });
  route.host = '192.0.2.1';
  route.port = 2;
  route.transport = watched(tcp, others);
  list.length = 0;
  await once(mine.connect(1, '10.0.0.1'), 'error');
  expect([seen.length, others.length]).toEqual([1, 0]);
});

describe('what stands on Object.prototype', () => {
  const polluted: string[] = [];
  const pollute = (name: string, value: unknown): void => {
    polluted.push(name);
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  };
  afterEach(() => {
    for (const name of polluted.splice(0)) Reflect.deleteProperty(Object.prototype, name);
  });

  it('is no route, no part of one, and no capability', async () => {
    const [seen, elsewhere]: unknown[][] = [[], []];
    const [right, wrong] = [watched(tcp, seen), watched(tcp, elsewhere)];
    const lookup: NetOptions['lookup'] = (_name, options, done) => { done(null, options.all ? [{ address: '10.0.0.1', family: 4 }] : '10.0.0.1', 4); };
    pollute('routes', [{ host: '*', transport: wrong }]);
    pollute('names', true);
    const none = createNet({ tcp: right, lookup });
    pollute('host', '*');
    pollute('port', 1);
    pollute('from', 1);
    pollute('to', 1);
    const some = createNet({ routes: [{ port: 2, transport: right }], tcp: right, lookup });
    expect(thrownBy(routed({ port: {}, transport: tcp }))).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' });
    pollute('transport', wrong);
    expect(thrownBy(routed({ host: 'a' }))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
    pollute('connect', () => {});
    pollute('capabilities', {});
    expect(thrownBy(made({ tcp: {} }))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
    for (const name of ['connect', 'capabilities', 'host', 'port', 'from', 'to']) Reflect.deleteProperty(Object.prototype, name);
    for (const mine of [none, some]) await once(mine.connect({ host: 'name', port: 2 }), 'error');
    expect(elsewhere).toEqual([]);
    expect(seen).toEqual([{ address: '10.0.0.1', port: 2, family: 'IPv4' }, { address: '10.0.0.1', port: 2, family: 'IPv4' }]);
  });
});
