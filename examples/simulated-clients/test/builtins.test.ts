import '@netstrata/net-compat/register';
import { spawn } from 'node:child_process';
import dns from 'node:dns/promises';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { Agent, request } from 'undici';
import { installGlobals, simulate, type Scenario, type World } from '@netstrata/simulation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let uninstall: () => void;
beforeAll(() => { uninstall = installGlobals(); });
afterAll(() => { uninstall(); });

/** A server of HTTP, whose answers say no date: that would be the runtime's. */
function boot(): void {
  http.createServer((asked, answer) => {
    answer.sendDate = false;
    answer.end(`you asked for ${asked.url}`);
  }).listen(80);
}

async function get(agent?: http.Agent): Promise<string> {
  const [answer] = (await once(http.get('http://server/page', { agent }), 'response')) as [http.IncomingMessage];
  return (await answer.setEncoding('utf8').toArray()).join('');
}

/** What stands on `node:net` in Node, and undici. */
const clients: Readonly<Record<string, () => Promise<string>>> = {
  // It belongs to the process, and would use the connections of one world in the next.
  'http.get, with the global agent, emptied after each world': () => get().finally(() => { http.globalAgent.destroy(); }),
  'http.get, with an agent of its own': () => get(new http.Agent({ keepAlive: true })),
  fetch: async () => (await fetch('http://server/page')).text(),
  'undici, with a dispatcher of its own': async () => (await request('http://server/page', { dispatcher: new Agent() })).body.text(),
};

describe('inside a world, by register', () => {
  for (const [name, client] of Object.entries(clients)) {
    it(name, async () => {
      const scenario: Scenario = async (world) => {
        world.host('server', { boot });
        const text = await world.host('app').run(client);
        expect(text).toBe('you asked for /page');
      };
      const worlds = [simulate({ seed: 3 }), simulate({ seed: 3 })] as const;
      for (const world of worlds) await world.run(scenario);
      expect(worlds[0].timeline.count).toBeGreaterThan(5);
      expect(worlds[1].timeline.digest).toBe(worlds[0].timeline.digest);
    });
  }

  it('http2', async () => {
    const world = simulate();
    const server = world.host('server');
    const app = world.host('app');
    await world.run(async () => {
      server.run(() => http2.createServer((asked, answer) => { answer.end(`you asked for ${asked.url}`); }).listen(80));
      const text = await app.run(async () => {
        const session = http2.connect('http://server');
        const stream = session.request({ ':path': '/page' }).setEncoding('utf8');
        const chunks = await stream.toArray();
        session.close();
        return chunks.join('');
      });
      expect(text).toBe('you asked for /page');
    });
  });
});

describe('inside a world, over a socket that is dialled with net', () => {
  const certificate = (name: string): Buffer => readFileSync(new URL(`../../../tools/integration/certificate/${name}.pem`, import.meta.url));
  const secrets = { cert: certificate('certificate'), key: certificate('key') };

  /** What a client says that speaks TLS to a server of the world. */
  const talk = async (boot: () => void, client: () => Promise<string>): Promise<string> => {
    const world = simulate();
    world.host('server', { boot });
    const app = world.host('app');
    const text = await world.run(() => app.run(client));
    expect(world.timeline.count).toBeGreaterThan(5);
    expect(world.timeline.toString()).not.toContain('eyes');
    return text;
  };

  for (const when of ['is on its way', 'is connected']) {
    it(`tls, when it ${when}`, async () => {
      const boot = (): void => void tls.createServer(secrets, (socket) => socket.end('for your eyes only')).listen(443);
      const text = await talk(boot, async () => {
        const socket = net.connect(443, 'server');
        if (when === 'is connected') await once(socket, 'connect');
        const chunks = await tls.connect({ socket, rejectUnauthorized: false }).setEncoding('utf8').toArray();
        return chunks.join('');
      });
      expect(text).toBe('for your eyes only');
    });
  }

  it('https', async () => {
    const boot = (): void => void https.createServer(secrets, (_, answer) => answer.end('for your eyes only')).listen(443);
    const text = await talk(boot, async () => {
      const createConnection = (): tls.TLSSocket => tls.connect({ socket: net.connect(443, 'server'), rejectUnauthorized: false });
      const [answer] = (await once(https.get('https://server/', { createConnection }), 'response')) as [http.IncomingMessage];
      return (await answer.setEncoding('utf8').toArray()).join('');
    });
    expect(text).toBe('for your eyes only');
  });
});

it('tls.connect to an address dials in the world, with installGlobals', async () => {
  const world = simulate();
  world.host('server');
  const app = world.host('app');
  const dialled = await world.run(() => app.run(() => once(tls.connect({ host: 'server', port: 443 }), 'error')));
  expect(String(world.timeline)).toContain('app:32768 > server:443 dials');
  expect(dialled).toMatchObject([{ code: 'ECONNREFUSED' }]);
});

describe('outside of a world, even on a host', () => {
  const onHost = async <T>(program: (world: World) => Promise<T>): Promise<T> => {
    const world = simulate();
    const app = world.host('app');
    const result = await world.run(() => app.run(() => program(world)));
    expect(world.timeline.entries).toEqual([]);
    return result;
  };

  it('what is asked of dns directly', async () => {
    const { address } = await onHost((world) => world.outside(dns.lookup('localhost')));
    expect(['127.0.0.1', '::1']).toContain(address);
  });

  it('other processes; their output still arrives', async () => {
    const output = await onHost(async (world) => {
      const child = spawn(process.execPath, ['-p', '"hello"']);
      const chunks: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      await world.outside(once(child, 'close'));
      return Buffer.concat(chunks).toString();
    });
    expect(output).toBe('hello\n');
  });
});
