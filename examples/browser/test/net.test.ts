import { once } from 'node:events';
import nodeNet from 'node:net';
import { describe, expect, it } from 'vitest';
import { both, missing, usePage } from './support/page.js';
import { nobody, serve } from './support/servers.js';

describe.skipIf(missing)('a connection of a page is one of TCP', () => {
  const opened = usePage();

  it('ends its side first, and gets the answer', async () => {
    const port = await serve((socket) => {
      let length = 0;
      socket.on('data', (chunk) => { length += chunk.length; }).on('end', () => socket.end(`${length} bytes`));
    });
    const { page } = opened;
    expect(await both(page, (port) => new Promise((resolve, reject) => {
      const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      let text = '';
      socket.setEncoding('utf8').on('data', (chunk) => { text += String(chunk); }).on('end', () => { resolve(text); }).on('error', reject);
      socket.end('x'.repeat(1_000_000));
    }), port)).toBe('1000000 bytes');
  });

  it('goes on after the other side has ended', async () => {
    const heard: Promise<string>[] = [];
    const port = await serve((socket) => {
      heard.push(new Promise((resolve) => {
        let text = '';
        socket.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => { resolve(text); });
      }));
      socket.end('first');
    });
    const { page } = opened;
    await both(page, (port) => new Promise<string>((resolve, reject) => {
      const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('end', () => socket.end('after the end', () => { resolve('ended'); })).on('error', reject).resume();
    }), port);
    expect(await Promise.all(heard)).toEqual(['after the end', 'after the end']);
  });

  it('is reset with ECONNRESET, and never just ends', async () => {
    const port = await serve((socket) => void socket.write('a part', () => socket.once('data', () => socket.resetAndDestroy())));
    const { page } = opened;
    expect(await both(page, (port) => new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1');
      const seen: string[] = [];
      socket.on('data', () => socket.write('go on')).on('end', () => seen.push('end'));
      socket.on('error', (error: NodeJS.ErrnoException) => seen.push(`${error.syscall} ${error.code}`));
      socket.on('close', () => { resolve(seen); });
    }), port)).toEqual(['read ECONNRESET']);
  });

  it('resets its peer', async () => {
    const codes: Promise<unknown>[] = [];
    const port = await serve((socket) => {
      codes.push(new Promise((resolve) => socket.on('error', ({ code }: NodeJS.ErrnoException) => { resolve(code); }).on('end', () => { resolve('end'); })));
      socket.write('hello');
      socket.resume();
    });
    const { page } = opened;
    await both(page, (port) => new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.once('data', () => socket.resetAndDestroy().on('close', () => { resolve(null); }));
    }), port);
    expect(await Promise.all(codes)).toEqual(['ECONNRESET', 'ECONNRESET']);
  });

  it('is refused where nobody listens, with the error that Node has', async () => {
    const { page } = opened;
    const port = await nobody();
    expect(await both(page, (port) => new Promise((resolve) => {
      net.connect(port, '127.0.0.1').on('error', ({ message, code, syscall, address, port }: NodeJS.ErrnoException & { address?: string; port?: number }) => {
        resolve({ message, code, syscall, address, port });
      });
    }), port)).toMatchObject({ message: `connect ECONNREFUSED 127.0.0.1:${port}` });
  });

  it('knows both of its addresses', async () => {
    const seen: string[] = [];
    const port = await serve((socket) => seen.push(`${socket.remoteAddress} ${socket.remotePort}`));
    const { page } = opened;
    const local = await page.evaluate((port) => new Promise<[string, string]>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => { resolve([`${socket.localAddress} ${socket.localPort}`, `${socket.remoteAddress} ${socket.remotePort}`]); });
    }), port);
    expect(local).toEqual([seen[0], `127.0.0.1 ${port}`]);
  });

  it('costs its window when it stops reading, and slows no other', async () => {
    const LENGTH = 10_000_000;
    let sent = 0;
    const firehose = await serve((socket) => {
      const pour = (): void => {
        while (sent < LENGTH) {
          sent += 100_000;
          if (!socket.write(Buffer.alloc(100_000))) return void socket.once('drain', pour);
        }
        socket.end();
      };
      pour();
    });
    const echo = await serve((socket) => void socket.pipe(socket));
    const { page } = opened;
    const stopped = await page.evaluate(([firehose, echo]) => new Promise<number>((resolve) => {
      const stopped = net.connect(firehose, '127.0.0.1').once('data', () => {
        stopped.pause();
        let left = 2_000_000;
        const other = net.connect(echo, '127.0.0.1');
        other.on('data', (chunk) => {
          left -= chunk.length;
          if (left === 0) resolve(stopped.bytesRead);
        });
        other.write(new Uint8Array(left));
      });
      Object.assign(globalThis, { stopped });
    }), [firehose, echo] as const);
    expect(stopped).toBeLessThanOrEqual(262_144 + 131_072);
    expect(sent).toBeLessThan(LENGTH);
    expect(await page.evaluate(() => new Promise((resolve) => {
      const { stopped } = globalThis as unknown as { stopped: InstanceType<typeof net.Socket> };
      stopped.on('end', () => { resolve(stopped.bytesRead); }).resume();
    }))).toBe(LENGTH);
  });

  it('comes in from outside, to a server in the page', async () => {
    const { page } = opened;
    await page.click('#listen button');
    await page.locator('#listen output', { hasText: /^nc / }).waitFor();
    const [, host, port] = (await page.innerText('#listen output')).split(' ');
    const socket = nodeNet.connect(Number(port), host);
    const [greeting] = await once(socket, 'data') as [Buffer];
    expect(greeting.toString()).toBe('hello 127.0.0.1, this is a page\n');
    socket.end('and back');
    expect((await once(socket, 'data') as [Buffer])[0].toString()).toBe('and back');
    await once(socket, 'close');
    await page.click('#listen button');
    await page.locator('#listen output', { hasText: 'closed' }).waitFor();
    const [error] = await once(nodeNet.connect(Number(port), host), 'error') as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });
});
