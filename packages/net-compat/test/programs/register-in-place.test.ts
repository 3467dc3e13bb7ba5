import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../..', import.meta.url));

/** What a module prints as JSON, in a process of its own with the package that was built. */
function run(how: readonly string[], code: string): unknown {
  return JSON.parse(execFileSync(process.execPath, [...how, '-e', code], { cwd: folder, encoding: 'utf8' }));
}

const asModule = ['--input-type=module'];
const imported = ['--import', '@netstrata/net-compat/register'];
const required = ['--require', '@netstrata/net-compat/register'];

describe('register', () => {
  it.each([imported, required])('%s replaces what is imported, required and asked for', (...how) => {
    const found = run([...how, ...asModule], `
      import net, { connect, Server } from 'node:net';
      import * as all from 'net';
      import { createRequire } from 'node:module';
      import * as compat from '@netstrata/net-compat';
      const required = createRequire(import.meta.url)('net');
      console.log(JSON.stringify([
        net.Socket === compat.Socket, net.Stream === compat.Socket, connect === compat.connect, Server === compat.Server, all.createServer === compat.createServer,
        required.Socket === compat.Socket, process.getBuiltinModule('node:net').Socket === compat.Socket,
      ]));
    `);
    expect(found).toEqual([true, true, true, true, true, true, true]);
  });

  // The host driver's sockets of the builtin meet it below ours.
  it.skipIf(process.env['NETSTRATA_DRIVER'] === 'host').each([
    ['calls the method that it has kept', 'connect.apply(this, args)'],
    ['calls it by Reflect', 'Reflect.apply(connect, this, args)'],
    ['changes its arguments', 'connect.call(this, ...args.map((one) => (Array.isArray(one) ? one : { ...one })))'],
  ])('what was put in the place of a method before stands before ours, and %s', (_how, call) => {
    const found = run(asModule, `
      import net from 'node:net';
      import { once } from 'node:events';
      const { prototype } = net.Socket;
      const standing = Object.getOwnPropertyDescriptor(prototype, 'connect');
      const connect = standing.value;
      const seen = [];
      prototype.connect = function (...args) {
        seen.push(this.constructor === net.Socket);
        return ${call};
      };
      const { register, unregister } = await import('@netstrata/net-compat/register');
      const { Socket } = await import('@netstrata/net-compat');
      const server = net.createServer((peer) => peer.pipe(peer)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const echo = async () => {
        const client = net.connect(server.address().port, '127.0.0.1');
        client.end('hello');
        const [data] = await once(client, 'data');
        await once(client, 'close');
        return [String(data), client instanceof Socket && client.constructor === Socket, seen.length];
      };
      const during = await echo();
      Object.defineProperty(prototype, 'connect', standing);
      const after = await echo();
      server.close();
      unregister();
      console.log(JSON.stringify([during, after, seen, net.Socket.prototype.connect === connect]));
    `);
    expect(found).toEqual([['hello', true, 1], ['hello', true, 1], [true], true]);
  });

  it('leaves what others have replaced since, and is undone all the same', () => {
    const found = run(asModule, `
      import net from 'node:net';
      import { register, unregister } from '@netstrata/net-compat/register';
      unregister();
      const { Socket, connect } = net;
      register();
      const wrapper = () => {};
      net.connect = wrapper;
      Object.defineProperty(net, 'createServer', { value: net.createServer, configurable: false, writable: false });
      let thrown = 'nothing';
      try { unregister(); } catch (error) { thrown = error.constructor.name; }
      console.log(JSON.stringify([thrown, net.Socket === Socket, net.connect === wrapper, net.createConnection === connect]));
    `);
    expect(found).toEqual(['TypeError', true, true, true]);
  });

  it('is undone to the last descriptor and prototype', () => {
    const found = run(asModule, `
      import net, { Socket } from 'node:net';
      import http from 'node:http';
      import http2 from 'node:http2';
      import tls from 'node:tls';
      import tty from 'node:tty';
      import * as compat from '@netstrata/net-compat';
      const owners = [
        net, net.Socket, net.Server, net.Socket.prototype, net.Server.prototype, http.Server, http.Server.prototype, http.Agent.prototype, tls.Server, tls.Server.prototype,
        tls.TLSSocket.prototype, Object.getPrototypeOf(http2.createServer()), tty.ReadStream.prototype, process,
        compat.Socket, compat.Server, compat.Socket.prototype, compat.Server.prototype,
      ];
      const look = () => owners.map((owner) => {
        const descriptors = Object.getOwnPropertyDescriptors(owner);
        // The same ones, or a list of what is not.
        return [Object.getPrototypeOf(owner), ...Reflect.ownKeys(owner).flatMap((key) => [key, ...Object.values(descriptors[key])])];
      });
      const changed = (before, after) => before.reduce((sum, list, at) => sum + (list.length === after[at].length && list.every((value, i) => Object.is(value, after[at][i])) ? 0 : 1), 0);
      const before = look();
      const { register, unregister } = await import('@netstrata/net-compat/register');
      register();
      const during = [changed(before, look()), Socket === compat.Socket];
      unregister();
      const after = [changed(before, look()), Socket === compat.Socket];
      unregister();
      register();
      console.log(JSON.stringify([during[0] > 5, during[1], ...after, Socket === compat.Socket]));
    `);
    expect(found).toEqual([true, true, 0, false, true]);
  });

  it('loads nothing of http, tls and http2 that the program does not ask for', () => {
    const found = run(imported, `
      const loaded = () => process.moduleLoadList.filter((name) => /^NativeModule (_http_server|_tls_wrap|internal.tls.wrap|internal.http2.core)$/.test(name)).length;
      const before = loaded();
      require('http2');
      console.log(JSON.stringify([before, loaded() > 2]));
    `);
    expect(found).toEqual([0, true]);
  });

  it('gives what Node has loaded meanwhile back to the builtin', () => {
    const found = run(asModule, `
      import net from 'node:net';
      import { register, unregister } from '@netstrata/net-compat/register';
      unregister();
      const { Socket, Server, createConnection } = net;
      register();
      const [{ default: http }, { default: tls }, { default: http2 }] = await Promise.all(['http', 'tls', 'http2'].map((name) => import(name)));
      const under = (Parent, ...classes) => classes.every((one) => Object.getPrototypeOf(one.prototype) === Parent.prototype && Object.getPrototypeOf(one) === Parent);
      const servers = () => [http.Server, tls.Server, http2.createServer().constructor];
      // Newer Nodes have a function of their own there, which looks for net's.
      const dialsBy = (other) => http.Agent.prototype.createConnection === other;
      const during = [under(net.Server, ...servers()), under(net.Socket, tls.TLSSocket), dialsBy(createConnection)];
      const ours = net.createConnection;
      unregister();
      const after = [under(Server, ...servers()), under(Socket, tls.TLSSocket), dialsBy(ours)];
      register();
      const socket = new tls.TLSSocket();
      console.log(JSON.stringify([during, after, under(net.Server, ...servers()), under(Socket, tls.TLSSocket), socket instanceof net.Socket]));
    `);
    expect(found).toEqual([[true, true, false], [true, true, false], true, true, true]);
  });

  it('leaves the streams of the process, and what tls and tty make, to the builtin', () => {
    const found = run(imported, `
      const net = require('net');
      const builtin = Object.getPrototypeOf(net.Socket);
      const made = [process.stdin, process.stdout, new (require('tls').TLSSocket)()];
      const mine = (value) => net.Socket.prototype.isPrototypeOf(value);
      console.log(JSON.stringify([made.map(mine), made.map((value) => value instanceof net.Socket), Object.getPrototypeOf(require('tls').TLSSocket) === builtin]));
    `);
    expect(found).toEqual([[false, false, false], [true, true, true], true]);
  });

  it('lets a server that was there before go on', () => {
    const found = run(asModule, `
      import { once } from 'node:events';
      import http from 'node:http';
      import net from 'node:net';
      const server = http.createServer((request, response) => response.end('still there')).listen(0, '127.0.0.1');
      await once(server, 'listening');
      await import('@netstrata/net-compat/register');
      const { port } = server.address();
      const text = await new Promise((resolve) => http.get({ port, agent: false }, (response) => response.setEncoding('utf8').on('data', resolve)));
      const listening = server.listening;
      await new Promise((resolve) => server.close(resolve));
      console.log(JSON.stringify([text, listening, server.listening, server instanceof net.Server]));
    `);
    expect(found).toEqual(['still there', true, false, true]);
  });

  it('keeps the defaults of both nets the same', () => {
    const found = run(imported, `
      const net = require('net');
      net.setDefaultAutoSelectFamily(false);
      net.setDefaultAutoSelectFamilyAttemptTimeout(500);
      const inside = [net.getDefaultAutoSelectFamily(), net.getDefaultAutoSelectFamilyAttemptTimeout()];
      require('@netstrata/net-compat/register').unregister();
      console.log(JSON.stringify([inside, [net.getDefaultAutoSelectFamily(), net.getDefaultAutoSelectFamilyAttemptTimeout()]]));
    `);
    expect(found).toEqual([[false, 500], [false, 500]]);
  });
});
